namespace Rt1.Core;

/// <summary>Finds what somebody probably meant, for messages that end in "did you mean".</summary>
public static class Similarity
{
    /// <summary>The <paramref name="count"/> candidates that are most like <paramref name="text"/>, best first.</summary>
    public static IReadOnlyList<string> Nearest(string text, IEnumerable<string> candidates, int count) =>
        [.. candidates.OrderBy(c => EditDistance(text, c) / (double)Math.Max(1, Math.Max(text.Length, c.Length)))
            .ThenBy(c => c, StringComparer.Ordinal).Take(count)];

    /// <summary>How a sentence ends: <c>; did you mean 'NAME'?</c> where a candidate is at least half like <paramref name="text"/>, else a full stop.</summary>
    public static string Hint(string text, IEnumerable<string> candidates) =>
        Nearest(text, candidates, 1) is [var name] && 2 * EditDistance(text, name) <= Math.Max(text.Length, name.Length) ? $"; did you mean '{name}'?" : ".";

    /// <summary>How many single-character insertions, deletions and replacements turn one text into the other.</summary>
    public static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
