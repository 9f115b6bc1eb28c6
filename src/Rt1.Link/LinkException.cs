using Rt1.Core;

namespace Rt1.Link;

/// <summary>What is wrong with a link.</summary>
public enum LinkFault
{
    /// <summary>An endpoint, key or limit is malformed.</summary>
    BadConfiguration,

    /// <summary>The endpoint is not loopback and has no CURVE keys.</summary>
    Insecure,

    /// <summary>Another process has the port.</summary>
    PortInUse,

    /// <summary>Nobody answers.</summary>
    NoAnswer,

    /// <summary>The two ends have different keys.</summary>
    KeyMismatch,

    /// <summary>The two ends speak different versions of the protocol.</summary>
    ProtocolMismatch,

    /// <summary>Another runtime owns the robot.</summary>
    LeaseHeld,

    /// <summary>This runtime no longer owns the robot.</summary>
    LeaseLost,

    /// <summary>The robot refused a request.</summary>
    Refused,

    /// <summary>The other end sent something that the protocol does not allow.</summary>
    Malformed,
}

/// <summary>A link that cannot be set up or went wrong for good; <see cref="Fault"/> says how.</summary>
public sealed class LinkException : Rt1Exception
{
    public LinkException(LinkFault fault, string message) : base(message) => Fault = fault;

    public LinkException(LinkFault fault, string message, Exception cause) : base(message, cause) => Fault = fault;

    public LinkFault Fault { get; }
}
