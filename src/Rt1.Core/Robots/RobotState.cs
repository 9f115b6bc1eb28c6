using System.Numerics;

namespace Rt1.Core;

/// <summary>What a robot measured.</summary>
public sealed record RobotState
{
    /// <summary>When it was measured, on the monotonic clock of the process that holds this object.</summary>
    public TimeSpan MeasuredAt { get; init; }

    /// <summary>End-effector position, metres, robot base frame.</summary>
    public Vector3 EndEffectorPosition { get; init; }

    /// <summary>End-effector orientation in the robot base frame.</summary>
    public Quaternion EndEffectorOrientation { get; init; } = Quaternion.Identity;

    /// <summary>0 open, 1 closed.</summary>
    public float GripperClosedness { get; init; }

    /// <summary>Base pose in the world: x and y in metres, yaw in radians.</summary>
    public Vector3 BasePose { get; init; }

    /// <summary>Arm joint positions, radians, from the base outwards.</summary>
    public IReadOnlyList<float> JointPositions { get; init; } = [];

    /// <summary>True while a command's motion is under way.</summary>
    public bool IsMoving { get; init; }

    /// <summary>True from an emergency stop until the explicit reset.</summary>
    public bool IsEmergencyStopped { get; init; }
}
