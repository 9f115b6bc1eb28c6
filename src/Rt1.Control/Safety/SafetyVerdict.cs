using Rt1.Core;

namespace Rt1.Control;

/// <summary>What the supervisor says about an action.</summary>
public readonly record struct SafetyVerdict
{
    /// <summary>What may be sent, and nothing else; null when the action is refused.</summary>
    public RobotAction? Action { get; private init; }

    /// <summary>True when the action was shortened to the limits.</summary>
    public bool IsClamped { get; private init; }

    /// <summary>Why it was clamped or refused.</summary>
    public string? Reason { get; private init; }

    public static SafetyVerdict Accept(RobotAction action) => new() { Action = action };

    public static SafetyVerdict Clamp(RobotAction action, string reason) => new() { Action = action, IsClamped = true, Reason = reason };

    public static SafetyVerdict Refuse(string reason) => new() { Reason = reason };
}
