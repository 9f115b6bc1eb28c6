namespace Rt1.Core;

/// <summary>What is known when an episode starts.</summary>
public sealed record EpisodeHeader
{
    public required string Instruction { get; init; }

    /// <summary>Which policy decides; <see cref="IPolicy.Description"/>.</summary>
    public required string Policy { get; init; }

    public required RobotDescription Robot { get; init; }

    public required double RateHz { get; init; }

    /// <summary>From capture to the start of the motion.</summary>
    public required TimeSpan Latency { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>How a control step went.</summary>
public enum StepStatus
{
    /// <summary>Decided, sent and acknowledged in time.</summary>
    Ok,

    /// <summary>Sent in time, but shortened to a limit, here or by the robot.</summary>
    Clamped,

    /// <summary>The decision came too late for its start time and was discarded.</summary>
    Overrun,

    /// <summary>No fresh frame came; nothing was decided.</summary>
    StaleObservation,

    /// <summary>The action was unsafe, or the robot refused it; the reason is beside it.</summary>
    Refused,

    /// <summary>The robot did not answer in time.</summary>
    ReplyTimeout,

    /// <summary>The policy ended the episode.</summary>
    Terminated,
}

/// <summary>One control step as it happened. Times are on the runtime's monotonic clock.</summary>
public sealed record EpisodeStep
{
    public required int Index { get; init; }

    public required StepStatus Status { get; init; }

    /// <summary>Due times passed over between the step before and this one, because that one ended too late.</summary>
    public int Skipped { get; init; }

    /// <summary>Why the step was clamped, refused or discarded.</summary>
    public string? Reason { get; init; }

    /// <summary>Null only when no fresh frame came.</summary>
    public Observation? Observation { get; init; }

    /// <summary>Null when nothing was decided.</summary>
    public PolicyDecision? Decision { get; init; }

    /// <summary>What was sent to the robot; null when nothing was.</summary>
    public RobotCommand? Command { get; init; }

    /// <summary>The robot's answer; null when nothing was sent.</summary>
    public ReplyStatus? Reply { get; init; }

    /// <summary>The action that the robot said it applies; null when none was.</summary>
    public RobotAction? Applied { get; init; }

    public StepTiming Timing { get; init; }
}

/// <summary>Where a step's time went.</summary>
/// <param name="Due">When the step's frame was due.</param>
/// <param name="FrameAge">Age of the frame when the decision began.</param>
/// <param name="Decide">Duration of the policy's decision.</param>
/// <param name="Latency">From the frame's capture to the command's handing over to the link, or to its discarding.</param>
/// <param name="RoundTrip">From sending the command to the robot's answer.</param>
public readonly record struct StepTiming(TimeSpan Due, TimeSpan FrameAge, TimeSpan Decide, TimeSpan Latency, TimeSpan RoundTrip);

/// <summary>Why an episode ended.</summary>
public enum EpisodeOutcome
{
    /// <summary>The policy said so.</summary>
    Terminated,

    /// <summary>The step limit was reached.</summary>
    StepLimit,

    /// <summary>The operator stopped it or gave another instruction.</summary>
    Interrupted,

    /// <summary>The frame source ended, as at the end of a video file.</summary>
    SourceEnded,

    /// <summary>A fault stopped it; the reason is beside it.</summary>
    Failed,
}

/// <summary>How an episode ended.</summary>
public sealed record EpisodeEnd(EpisodeOutcome Outcome, string? Reason = null)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() => Words + (Reason is null ? "." : $": {Reason}");

    private string Words => Outcome switch
    {
        EpisodeOutcome.Terminated => "the policy ended it",
        EpisodeOutcome.StepLimit => "the step limit was reached",
        EpisodeOutcome.Interrupted => "interrupted",
        EpisodeOutcome.SourceEnded => "the camera's recording ended",
        _ => "failed",
    };
}
