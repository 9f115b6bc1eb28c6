using Rt1.Configuration;
using Rt1.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Instructions;

// B batch, W known words, E embedding size, C context size

/// <summary>
/// The learned instruction encoder: the sum of the vectors of an instruction's words, then two dense layers. A sum of words that are known one by
/// one is meaningful where their combination never was in the training data; a word that was not is refused.
/// </summary>
public sealed class InstructionWords : Module<Tensor, Tensor>
{
    private const int Suggestions = 3;
    private readonly Dictionary<string, int> _index;
    private readonly Linear _hidden;
    private readonly Linear _output;
    private readonly Parameter _vectors;

    internal InstructionWords(LearnedInstructionConfig config, int contextSize) : base(nameof(InstructionWords))
    {
        Words = config.Words;
        _index = config.Words.Index().ToDictionary(word => word.Item, word => word.Index);
        _vectors = Parameter(zeros(config.Words.Count, config.EmbeddingSize));
        _vectors.DetachFromDisposeScope();
        _hidden = Linear(config.EmbeddingSize, contextSize);
        _output = Linear(contextSize, contextSize);
        register_parameter("vectors", _vectors);
        register_module("hidden", _hidden);
        register_module("output", _output);
    }

    /// <summary>The words with their clauses, as <see cref="InstructionClauses"/> has them.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <param name="counts">How often each word occurs in each instruction, (B, W).</param>
    /// <returns>Contexts (B, C).</returns>
    public override Tensor forward(Tensor counts) =>
        functional.silu(_output.call(functional.silu(_hidden.call(matmul(counts, _vectors)))));

    /// <summary>Adds an instruction's words to a row of counts.</summary>
    /// <param name="counts">(W), zeros.</param>
    /// <exception cref="UnknownInstructionException">It is empty or has a word that is not known; with what was probably meant.</exception>
    public void Count(string instruction, Span<float> counts)
    {
        var words = InstructionClauses.Words(instruction);
        if (words.Count == 0 || words.Any(word => !_index.ContainsKey(word)))
            throw new UnknownInstructionException(instruction, Nearest(instruction));
        foreach (var word in words)
            counts[_index[word]]++;
    }

    /// <summary>The instruction with each unknown word replaced by known ones of its clause, the most similar first.</summary>
    private List<string> Nearest(string instruction)
    {
        var options = InstructionClauses.Split(instruction).Select(part => Alternatives(part.Clause, part.Word, part.Key)).ToList();
        return options.Count == 0 || options.Any(option => option.Count == 0) ? []
            : [.. Enumerable.Range(0, options.Max(option => option.Count))
                .Select(i => string.Join(' ', options.Select(option => option[Math.Min(i, option.Count - 1)]))).Distinct()];
    }

    private IReadOnlyList<string> Alternatives(string clause, string word, string key)
    {
        if (_index.ContainsKey(key))
            return [word];
        var prefix = clause == word ? "" : InstructionClauses.KeyOf(clause, "");
        var known = Words.Where(w => w.StartsWith(prefix, StringComparison.Ordinal) && !w[prefix.Length..].Contains('/')).Select(w => w[prefix.Length..]);
        return Similarity.Nearest(word, known, Suggestions);
    }
}
