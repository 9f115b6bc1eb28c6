namespace Rt1.Core;

/// <summary>What a robot says about itself when a runtime connects.</summary>
public sealed record RobotDescription
{
    public required string Name { get; init; }

    /// <summary>The kind of robot, e.g. <c>edr</c> or <c>kuka</c>.</summary>
    public required string Embodiment { get; init; }

    public required int ImageHeight { get; init; }

    public required int ImageWidth { get; init; }

    public required double FrameRateHz { get; init; }

    /// <summary>The largest motions of one step that the robot accepts.</summary>
    public required ActionLimits Limits { get; init; }

    /// <summary>False for a robot whose base does not move; it refuses the base mode.</summary>
    public bool HasBase { get; init; } = true;
}
