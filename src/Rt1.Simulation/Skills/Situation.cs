namespace Rt1.Simulation;

/// <summary>Everything that makes a trial: the same situation, the same trial.</summary>
public sealed record Situation
{
    public required SkillTask Task { get; init; }

    public required Scene Scene { get; init; }

    /// <summary>Whether a distractor stands so that it partly hides the target from the camera.</summary>
    public bool Occlusion { get; init; }

    /// <summary>Where things stand at the start, and the sensor's noise.</summary>
    public required int Seed { get; init; }
}
