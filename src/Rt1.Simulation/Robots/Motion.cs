using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>An action that waits for its start, in world time.</summary>
internal sealed record PendingMotion(RobotAction Action, TimeSpan StartAt, TimeSpan Duration);

/// <summary>
/// One action under way: from where the robot was when it began to where the action takes it. Speed follows a minimum-jerk profile:
/// it starts and ends at rest, so that the pose reached at the end is the pose aimed at.
/// </summary>
internal sealed record Motion
{
    public required TimeSpan Start { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Gripper pose in the base frame at start and end; null when the arm holds.</summary>
    public (MjPose From, MjPose To)? Arm { get; init; }

    /// <summary>Base pose in the world (x, y, yaw) at start and end; null when the base holds.</summary>
    public (Vector3 From, Vector3 To)? Base { get; init; }

    /// <summary>Closedness at start and end; null when the gripper holds.</summary>
    public (double From, double To)? Gripper { get; init; }

    /// <summary>The part of the way that is done at a time: 0 to 1.</summary>
    public double Progress(TimeSpan now)
    {
        var t = Math.Clamp((now - Start) / Duration, 0, 1);
        return t * t * t * (10 + t * (6 * t - 15));
    }

    /// <summary>
    /// The gripper pose that an action aims at: the translation is added, the rotation R = Rz(yaw)·Ry(pitch)·Rx(roll) about the base
    /// frame's fixed axes is multiplied from the left.
    /// </summary>
    public static MjPose Displace(MjPose pose, RobotAction action)
    {
        var (roll, pitch, yaw) = (action.RotationDelta.X, action.RotationDelta.Y, action.RotationDelta.Z);
        var rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitY, pitch)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, roll);
        return new MjPose(pose.Position + action.WorldVector, Quaternion.Normalize(rotation * pose.Orientation));
    }

    /// <summary>The base pose (x, y, yaw) that an action aims at: forward and left as the base stands, then the turn.</summary>
    public static Vector3 Displace(Vector3 basePose, RobotAction action)
    {
        var (sin, cos) = MathF.SinCos(basePose.Z);
        var (forward, left) = (action.BaseDisplacementVector.X, action.BaseDisplacementVector.Y);
        return basePose + new Vector3(cos * forward - sin * left, sin * forward + cos * left, action.BaseDisplacementVerticalRotation);
    }

    public static MjPose Interpolate(MjPose from, MjPose to, double part) => new(
        Vector3.Lerp(from.Position, to.Position, (float)part), Quaternion.Slerp(from.Orientation, to.Orientation, (float)part));
}
