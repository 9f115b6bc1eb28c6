namespace Rt1.Data;

/// <summary>Where an episode was read from.</summary>
/// <param name="Shard">The shard's number in its split.</param>
/// <param name="Record">The episode's number in the shard, from 0.</param>
/// <param name="Offset">Where its record starts, bytes; null for formats without records.</param>
public sealed record EpisodeSource(string File, int Shard, long Record, long? Offset)
{
    /// <summary>A fault of this episode.</summary>
    public DataFault Fault(string reason) => new(File, reason, Record, Offset);
}
