using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>
/// What the simulator knows of the present picture: for training losses, judges and tests, never for policies. Points are (u right,
/// v down) in [0, 1] of the image; one that lies outside the image is clamped to its edge and not visible.
/// </summary>
public sealed record GroundTruth
{
    public required Vector2 TargetPoint { get; init; }

    public required bool TargetVisible { get; init; }

    /// <summary>The middle of the image, not visible, for skills without a second thing.</summary>
    public required Vector2 ReferencePoint { get; init; }

    public required bool ReferenceVisible { get; init; }

    /// <summary>Between the finger tips.</summary>
    public required Vector2 GripperPoint { get; init; }

    public required bool GripperVisible { get; init; }

    /// <summary>World poses, in the order of the scene's objects.</summary>
    public required IReadOnlyList<MjPose> ObjectPoses { get; init; }
}
