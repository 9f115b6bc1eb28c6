using Rt1.Core;

namespace Rt1.Data;

/// <summary>Gathers the instruction embeddings that datasets carry, each instruction once.</summary>
public sealed class InstructionHarvest
{
    // Embeddings of one instruction differ in the last digits between datasets and shards.
    private const double Tolerance = 1e-3;

    private readonly Dictionary<string, (string Text, float[] Embedding)> _found = [];

    /// <summary>The instructions as they are first written, in alphabetical order.</summary>
    public IReadOnlyList<string> Instructions => [.. Sorted.Select(f => f.Text)];

    /// <summary>Their embeddings.</summary>
    public IReadOnlyList<float[]> Embeddings => [.. Sorted.Select(f => f.Embedding)];

    /// <summary>Instructions that came with embeddings too different to be one; the first is kept.</summary>
    public ISet<string> Conflicts { get; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>Episodes without an instruction or without a finite embedding.</summary>
    public long SkippedCount { get; private set; }

    private IEnumerable<(string Text, float[] Embedding)> Sorted => _found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value);

    /// <summary>Takes one episode's.</summary>
    /// <exception cref="Rt1Exception">The embedding is of another width than those before it.</exception>
    public void Add(AlignedEpisode episode)
    {
        var key = InstructionText.Normalize(episode.Instruction);
        if (key.Length == 0 || episode.Embedding is not { Length: > 0 } embedding || !embedding.All(float.IsFinite))
        {
            SkippedCount++;
            return;
        }
        if (_found.Values.Select(f => f.Embedding.Length).FirstOrDefault(embedding.Length) is var width && width != embedding.Length)
        {
            throw new Rt1Exception(
                $"{episode.Source.File}: embeddings have {embedding.Length} numbers, those before had {width}; a bank holds one width.");
        }
        if (_found.TryAdd(key, (episode.Instruction, embedding)))
            return;
        var (text, first) = _found[key];
        if (first.Zip(embedding).Any(e => Math.Abs(e.First - e.Second) > Tolerance))
            Conflicts.Add(text);
    }
}
