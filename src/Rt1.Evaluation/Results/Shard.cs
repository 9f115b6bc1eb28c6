using System.Globalization;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Every <paramref name="Count"/>-th episode of each suite, from number <paramref name="Index"/> on.</summary>
/// <param name="Index">From 0: as the job indices of Slurm and Kubernetes.</param>
/// <param name="Count">All shards together.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>Reads <c>I/N</c>.</summary>
    /// <exception cref="Rt1Exception">It is not of that form, or I is not in [0, N).</exception>
    public static Shard Parse(string text)
    {
        if (text.Split('/') is [var first, var second] && Number(first) is { } index && Number(second) is { } count && index < count)
            return new Shard(index, count);
        throw new Rt1Exception($"--shard must be I/N with I from 0 to N − 1, for example 0/4 to 3/4; got '{text}'.");
    }

    public bool Holds(int episode) => episode % Count == Index;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
