using Rt1.Core;

namespace Rt1.Data;

/// <summary>An episode in the policy's terms.</summary>
/// <param name="Embedding">The instruction's embedding as the dataset stores it; null where it has none.</param>
public sealed record AlignedEpisode(EpisodeSource Source, string Instruction, float[]? Embedding, IReadOnlyList<AlignedStep> Steps);

/// <summary>A step in the policy's terms.</summary>
/// <param name="Keypoints">Nothing to be seen where the dataset does not tell.</param>
public sealed record AlignedStep(ImageValue Image, RobotAction Action, Keypoints Keypoints = default);

/// <summary>An aligned episode, or why there is none: a fault, or (both null) a filter of the configuration.</summary>
public readonly record struct AlignedRead(AlignedEpisode? Episode, DataFault? Fault)
{
    public bool IsFiltered => Episode is null && Fault is null;
}
