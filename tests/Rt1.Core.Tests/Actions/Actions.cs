using System.Numerics;
using CsCheck;

namespace Rt1.Core.Tests;

/// <summary>Generators of actions and action spaces.</summary>
internal static class Actions
{
    public static readonly Gen<ControlMode> Mode = Gen.Enum<ControlMode>();

    /// <summary>Any mode, with values up to <paramref name="reach"/> in magnitude.</summary>
    public static Gen<RobotAction> Any(float reach) =>
        Gen.Select(Mode, Gen.Float[-reach, reach].Array[10], (mode, v) => new RobotAction
        {
            Mode = mode,
            WorldVector = new(v[0], v[1], v[2]),
            RotationDelta = new(v[3], v[4], v[5]),
            GripperClosednessAction = v[6],
            BaseDisplacementVerticalRotation = v[7],
            BaseDisplacementVector = new(v[8], v[9]),
        });

    /// <summary>All six fields in any order, with any bounds and vocabulary.</summary>
    public static Gen<ActionSpace> AnySpace { get; } =
        from fields in Gen.Shuffle(ActionSpace.Default.Fields.ToArray())
        from bounds in Gen.Select(Gen.Float[-5, 4], Gen.Float[0.01f, 6]).Array[fields.Length]
        from vocabulary in Gen.Int[3, 1024]
        select new ActionSpace(
            [.. fields.Zip(bounds, (f, b) => f.Kind == ActionFieldKind.Discrete ? f : f with { Low = b.Item1, High = b.Item1 + b.Item2 })],
            vocabulary);

    /// <summary>The value called <paramref name="name"/>, as in <see cref="RobotAction.Values"/>.</summary>
    public static float Value(this RobotAction action, string name) => action.Values().Single(v => v.Name == name).Value;

    /// <summary>An action that is zero but for one value.</summary>
    public static RobotAction With(string name, float value) => name switch
    {
        "world_vector.x" => Arm with { WorldVector = new(value, 0, 0) },
        "world_vector.y" => Arm with { WorldVector = new(0, value, 0) },
        "world_vector.z" => Arm with { WorldVector = new(0, 0, value) },
        "rotation_delta.roll" => Arm with { RotationDelta = new(value, 0, 0) },
        "rotation_delta.pitch" => Arm with { RotationDelta = new(0, value, 0) },
        "rotation_delta.yaw" => Arm with { RotationDelta = new(0, 0, value) },
        "gripper_closedness_action" => Arm with { GripperClosednessAction = value },
        "base_displacement_vertical_rotation" => Arm with { BaseDisplacementVerticalRotation = value },
        "base_displacement_vector.x" => Arm with { BaseDisplacementVector = new(value, 0) },
        "base_displacement_vector.y" => Arm with { BaseDisplacementVector = new Vector2(0, value) },
        _ => throw new ArgumentException(name),
    };

    public static RobotAction Arm { get; } = new() { Mode = ControlMode.Arm };

    /// <summary>The names of all continuous values.</summary>
    public static TheoryData<string> Names => [.. Arm.Values().Select(v => v.Name)];
}
