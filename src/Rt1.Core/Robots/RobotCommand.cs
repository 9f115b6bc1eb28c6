namespace Rt1.Core;

/// <summary>One step's motion, with the time at which it starts and the time after which the robot must not trust it.</summary>
public sealed record RobotCommand
{
    public required RobotAction Action { get; init; }

    /// <summary>Sequence of the frame that the action was decided on.</summary>
    public long FrameSequence { get; init; }

    /// <summary>When the motion starts: capture time of the frame plus the latency. Monotonic clock of this process.</summary>
    public required TimeSpan StartAt { get; init; }

    /// <summary>The motion is spread over this time: one control period.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From the command's receipt; without another command by then the robot stops by itself.</summary>
    public required TimeSpan TimeToLive { get; init; }
}

/// <summary>How the robot answered a command.</summary>
public enum ReplyStatus
{
    /// <summary>It will be applied as sent.</summary>
    Accepted,

    /// <summary>It will be applied after shortening to the robot's limits.</summary>
    Clamped,

    /// <summary>It will not be applied; the reply says why.</summary>
    Refused,

    /// <summary>No answer came in time; whether it is applied is unknown.</summary>
    TimedOut,
}

/// <summary>The robot's immediate answer to a command.</summary>
public sealed record CommandReply
{
    public required ReplyStatus Status { get; init; }

    /// <summary>The action that will be applied; null when none is.</summary>
    public RobotAction? Applied { get; init; }

    /// <summary>Why it was clamped or refused.</summary>
    public string? Reason { get; init; }

    /// <summary>The state measured when the command arrived.</summary>
    public RobotState? State { get; init; }

    /// <summary>From sending to the answer.</summary>
    public TimeSpan RoundTrip { get; init; }
}
