namespace Rt1.Core;

/// <summary>What a policy sees at one step.</summary>
public sealed record Observation
{
    public required Frame Image { get; init; }

    /// <summary>The robot's last known state; RT-1 does not look at it, recordings and other policies do.</summary>
    public RobotState? State { get; init; }
}
