using System.Text.Json.Serialization;

namespace Rt1.Link;

/// <summary>What the runtime sends. Times are whole microseconds; instants are on the robot's clock.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloRequest), "hello")]
[JsonDerivedType(typeof(AcquireRequest), "acquire")]
[JsonDerivedType(typeof(RenewRequest), "renew")]
[JsonDerivedType(typeof(ReleaseRequest), "release")]
[JsonDerivedType(typeof(CommandRequest), "command")]
[JsonDerivedType(typeof(StateRequest), "state")]
[JsonDerivedType(typeof(StopRequest), "stop")]
[JsonDerivedType(typeof(EmergencyStopRequest), "emergency_stop")]
[JsonDerivedType(typeof(ResetRequest), "reset")]
[JsonDerivedType(typeof(AdvanceRequest), "advance")]
internal abstract record Request
{
    /// <summary>Chosen by the runtime; the reply repeats it.</summary>
    public long Id { get; init; }
}

/// <summary>Asks who is there. This message and its refusal stay the same in every version.</summary>
internal sealed record HelloRequest : Request
{
    public required int Protocol { get; init; }

    public string? Client { get; init; }

    /// <summary>The runtime can drive a robot whose time it has to advance.</summary>
    public bool Lockstep { get; init; }
}

/// <summary>Asks for the lease: to be the robot's one owner.</summary>
internal sealed record AcquireRequest : Request
{
    public required string Client { get; init; }
}

/// <summary>A request that only the owner may make.</summary>
internal abstract record OwnerRequest : Request
{
    public required string Session { get; init; }
}

internal sealed record RenewRequest : OwnerRequest;

internal sealed record ReleaseRequest : OwnerRequest;

internal sealed record CommandRequest : OwnerRequest
{
    /// <summary>Grows with every command of the session.</summary>
    public required long Sequence { get; init; }

    /// <summary>The frame that the action was decided on.</summary>
    public long FrameSequence { get; init; }

    public required long StartAtUs { get; init; }

    public required long PeriodUs { get; init; }

    public required long TimeToLiveUs { get; init; }

    public required ActionMessage Action { get; init; }
}

/// <summary>Asks for the measured state, and for the robot's clock.</summary>
internal sealed record StateRequest : Request;

internal sealed record StopRequest : OwnerRequest
{
    public string? Reason { get; init; }
}

/// <summary>Anyone may send it.</summary>
internal sealed record EmergencyStopRequest : Request
{
    public string? Reason { get; init; }
}

internal sealed record ResetRequest : OwnerRequest;

/// <summary>Lockstep only: lets the robot's time run to the next frame.</summary>
internal sealed record AdvanceRequest : OwnerRequest
{
    /// <summary>The frame must be taken at or after this.</summary>
    public required long NotBeforeUs { get; init; }

    /// <summary>How far time may run at most.</summary>
    public required long TimeoutUs { get; init; }
}
