using System.Numerics;

namespace Rt1.Core;

/// <summary>One step's action in physical units, named as RT-1 names it (Open X-Embodiment).</summary>
public sealed record RobotAction
{
    public required ControlMode Mode { get; init; }

    /// <summary>End-effector translation over one step, metres, robot base frame, added to the pose measured when the motion starts.</summary>
    public Vector3 WorldVector { get; init; }

    /// <summary>
    /// Roll, pitch and yaw about the base frame's fixed axes, radians: R = Rz(yaw)·Ry(pitch)·Rx(roll),
    /// multiplied from the left onto the measured orientation.
    /// </summary>
    public Vector3 RotationDelta { get; init; }

    /// <summary>+1 closes, −1 opens; below <see cref="GripperHoldBand"/> in magnitude the gripper holds.</summary>
    public float GripperClosednessAction { get; init; }

    /// <summary>Base turn about its vertical axis, radians, after the displacement.</summary>
    public float BaseDisplacementVerticalRotation { get; init; }

    /// <summary>Base displacement forward and left, metres, in the base's frame when the motion starts.</summary>
    public Vector2 BaseDisplacementVector { get; init; }

    /// <summary>Gripper actions smaller than this hold.</summary>
    public const float GripperHoldBand = 0.1f;

    /// <summary>The action that ends an episode.</summary>
    public static RobotAction Terminate { get; } = new() { Mode = ControlMode.Terminate };

    /// <summary>The same motion without the dimensions that its mode ignores: they are zero, and in base mode the gripper holds.</summary>
    public RobotAction Effective() => Mode switch
    {
        ControlMode.Arm => this with { BaseDisplacementVector = default, BaseDisplacementVerticalRotation = 0 },
        ControlMode.Base => this with { WorldVector = default, RotationDelta = default, GripperClosednessAction = 0 },
        _ => new() { Mode = Mode },
    };

    /// <summary>The continuous values in the order of this type's properties, with the names used on disk and in messages.</summary>
    public IEnumerable<(string Name, float Value)> Values()
    {
        yield return ("world_vector.x", WorldVector.X);
        yield return ("world_vector.y", WorldVector.Y);
        yield return ("world_vector.z", WorldVector.Z);
        yield return ("rotation_delta.roll", RotationDelta.X);
        yield return ("rotation_delta.pitch", RotationDelta.Y);
        yield return ("rotation_delta.yaw", RotationDelta.Z);
        yield return ("gripper_closedness_action", GripperClosednessAction);
        yield return ("base_displacement_vertical_rotation", BaseDisplacementVerticalRotation);
        yield return ("base_displacement_vector.x", BaseDisplacementVector.X);
        yield return ("base_displacement_vector.y", BaseDisplacementVector.Y);
    }
}
