using System.Text.Json.Serialization;

namespace Rt1.Link;

/// <summary>What the robot answers, one reply to each request. Times are whole microseconds; instants are on the robot's clock.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WelcomeReply), "welcome")]
[JsonDerivedType(typeof(LeaseReply), "lease")]
[JsonDerivedType(typeof(ReleasedReply), "released")]
[JsonDerivedType(typeof(AcceptedReply), "accepted")]
[JsonDerivedType(typeof(ClampedReply), "clamped")]
[JsonDerivedType(typeof(RefusedReply), "refused")]
[JsonDerivedType(typeof(StateReply), "state")]
[JsonDerivedType(typeof(AdvancedReply), "advanced")]
internal abstract record Reply
{
    /// <summary>The request's; 0 when the request was unreadable.</summary>
    public long Id { get; init; }

    /// <summary>The robot's clock when it answered.</summary>
    public long ClockUs { get; init; }
}

internal sealed record WelcomeReply : Reply
{
    public required int Protocol { get; init; }

    public required RobotMessage Robot { get; init; }

    /// <summary>The port, on the same host, at which frames are published; 0: none are.</summary>
    public required int FramesPort { get; init; }

    public required long LeaseUs { get; init; }

    public required long MinPeriodUs { get; init; }

    public required long MaxPeriodUs { get; init; }

    public required long MaxTimeToLiveUs { get; init; }

    /// <summary>A command is discarded when its start has passed by more than this.</summary>
    public required long LateToleranceUs { get; init; }

    /// <summary>The robot's time advances only by <see cref="AdvanceRequest"/>.</summary>
    public bool Lockstep { get; init; }
}

internal sealed record LeaseReply : Reply
{
    public required string Session { get; init; }

    public required long LeaseUs { get; init; }
}

internal sealed record ReleasedReply : Reply;

internal sealed record AcceptedReply : Reply
{
    public required ActionMessage Action { get; init; }

    public required StateMessage State { get; init; }
}

internal sealed record ClampedReply : Reply
{
    /// <summary>What will be applied.</summary>
    public required ActionMessage Action { get; init; }

    public required string Reason { get; init; }

    public required StateMessage State { get; init; }
}

internal sealed record RefusedReply : Reply
{
    public required string Code { get; init; }

    public required string Reason { get; init; }

    public StateMessage? State { get; init; }

    /// <summary>With <see cref="RefusalCodes.UnsupportedProtocol"/>: what the robot speaks.</summary>
    public int? Protocol { get; init; }
}

internal sealed record StateReply : Reply
{
    public required StateMessage State { get; init; }
}

internal sealed record AdvancedReply : Reply
{
    /// <summary>Whether a frame was taken; it is published.</summary>
    public required bool Frame { get; init; }
}

/// <summary>Why a robot refuses.</summary>
internal static class RefusalCodes
{
    public const string Malformed = "malformed";
    public const string BadMac = "bad_mac";
    public const string UnsupportedProtocol = "unsupported_protocol";
    public const string LeaseHeld = "lease_held";
    public const string NotOwner = "not_owner";
    public const string StaleSequence = "stale_sequence";
    public const string Late = "late";
    public const string TooEarly = "too_early";
    public const string BadValue = "bad_value";
    public const string UnsupportedMode = "unsupported_mode";
    public const string EmergencyStopped = "emergency_stopped";
    public const string Lockstep = "lockstep";
    public const string RobotFault = "robot_fault";
}
