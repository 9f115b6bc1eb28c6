using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>How one episode went: a line of <c>episodes.jsonl</c>.</summary>
public sealed record EpisodeResult
{
    /// <summary>The suite that it counts for.</summary>
    public required string Suite { get; init; }

    /// <summary>Its number in the suite, from 0.</summary>
    public required int Index { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What went wrong, where the verdict does not say it all.</summary>
    public string? Reason { get; init; }

    /// <summary>Control steps taken, the last one included.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps whose action was shortened to the robot's limits.</summary>
    public int ClampedSteps { get; init; }

    /// <summary>All that it takes to run the episode again.</summary>
    public required Situation Situation { get; init; }
}
