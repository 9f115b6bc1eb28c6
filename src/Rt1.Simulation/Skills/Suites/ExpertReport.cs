namespace Rt1.Simulation;

/// <summary>How an expert's episode went.</summary>
public sealed record ExpertEpisode
{
    public required Situation Situation { get; init; }

    public required bool WithNoise { get; init; }

    /// <summary>The expert ended it within the step limit and the world is as asked.</summary>
    public required bool Success { get; init; }

    /// <summary>Decisions, the terminating one counted.</summary>
    public required int Steps { get; init; }

    /// <summary>Whether the physics blew up.</summary>
    public bool Diverged { get; init; }

    /// <summary>Frames before the target was grasped or moved; 0 when nobody looked.</summary>
    public int FramesBefore { get; init; }

    /// <summary>Those of them in which the robot hides most of the target.</summary>
    public int FramesHidden { get; init; }
}

/// <summary>Success of the experts over some episodes.</summary>
/// <param name="Skill">The family; <c>all</c> for the sum.</param>
/// <param name="WithNoise">Whether the robot was disturbed.</param>
public sealed record ExpertResult(string Skill, bool WithNoise, int Episodes, int Successes, double MeanSteps, int Diverged, int FramesBefore, int FramesHidden)
{
    public double SuccessRate => (double)Successes / Episodes;

    /// <summary>Share of the frames before the grasp in which the target can be seen; null when nobody looked.</summary>
    public double? TargetVisible => FramesBefore == 0 ? null : 1 - (double)FramesHidden / FramesBefore;

    public static ExpertResult Of(string skill, bool withNoise, IReadOnlyCollection<ExpertEpisode> episodes) => new(
        skill, withNoise, episodes.Count, episodes.Count(e => e.Success), episodes.Average(e => e.Steps), episodes.Count(e => e.Diverged),
        episodes.Sum(e => e.FramesBefore), episodes.Sum(e => e.FramesHidden));
}
