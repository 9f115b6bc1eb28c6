using Rt1.Core;

namespace Rt1.Model.Instructions;

/// <summary>
/// An instruction as a bag of words, clause by clause: a relation word (near, into, from…) begins a new clause, and the same word is another
/// one there. "move the red can near blue block" becomes move, red, can, near, near/blue, near/block. Articles carry nothing and are left out.
/// </summary>
public static class InstructionClauses
{
    private static readonly HashSet<string> Relations =
    [
        "above", "at", "behind", "below", "beside", "by", "from", "in", "inside", "into", "near", "of", "on", "onto", "over", "to", "under", "with",
    ];

    private static readonly HashSet<string> Articles = ["a", "an", "the"];

    /// <summary>The words with their clauses, in the order of the instruction.</summary>
    public static IReadOnlyList<string> Words(string instruction) => [.. Split(instruction).Select(word => word.Key)];

    /// <summary>All words of some instructions, each once, sorted.</summary>
    public static IReadOnlyList<string> Vocabulary(IEnumerable<string> instructions) =>
        [.. instructions.SelectMany(Words).Distinct().Order(StringComparer.Ordinal)];

    internal static IEnumerable<(string Clause, string Word, string Key)> Split(string instruction)
    {
        var clause = "";
        foreach (var word in InstructionText.Normalize(instruction).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Articles.Contains(word))
                continue;
            if (Relations.Contains(word))
                yield return (clause = word, word, word);
            else
                yield return (clause, word, KeyOf(clause, word));
        }
    }

    internal static string KeyOf(string clause, string word) => clause.Length == 0 ? word : $"{clause}/{word}";
}
