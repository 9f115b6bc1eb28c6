using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// Disturbs what the robot carries out, so that demonstrations show how to recover; the labels stay as the expert meant them. The same
/// seed and the same actions, the same disturbances.
/// </summary>
public sealed class ActionNoise(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Standard deviation of the gripper's translation, metres.</summary>
    public Vector3 Translation { get; init; } = new(0.01f, 0.01f, 0.007f);

    /// <summary>Standard deviation of the gripper's yaw, radians.</summary>
    public float Yaw { get; init; } = 0.08f;

    /// <summary>Standard deviation of the base's displacement, metres.</summary>
    public float BaseTranslation { get; init; } = 0.015f;

    /// <summary>Standard deviation of the base's turn, radians.</summary>
    public float BaseTurn { get; init; } = 0.03f;

    /// <summary>How often the gripper is knocked aside.</summary>
    public double KickProbability { get; init; } = 0.05;

    /// <summary>The longest such kick in each dimension, metres.</summary>
    public float Kick { get; init; } = 0.05f;

    /// <summary>How often the gripper does the opposite of what it is told.</summary>
    public double FlipProbability { get; init; } = 0.02;

    /// <summary>The action as it is carried out.</summary>
    public RobotAction Apply(RobotAction action)
    {
        var translation = Translation * new Vector3(Normal(), Normal(), Normal());
        var (yaw, forward, left, turn) = (Yaw * Normal(), BaseTranslation * Normal(), BaseTranslation * Normal(), BaseTurn * Normal());
        var kicked = _random.NextDouble() < KickProbability;
        var kick = Kick * new Vector3(Uniform(), Uniform(), Uniform());
        var flipped = _random.NextDouble() < FlipProbability;
        return action.Mode switch
        {
            ControlMode.Arm => action with
            {
                WorldVector = action.WorldVector + (kicked ? kick : translation),
                RotationDelta = action.RotationDelta + new Vector3(0, 0, yaw),
                GripperClosednessAction = flipped ? -action.GripperClosednessAction : action.GripperClosednessAction,
            },
            ControlMode.Base => action with
            {
                BaseDisplacementVector = action.BaseDisplacementVector + new Vector2(forward, left),
                BaseDisplacementVerticalRotation = action.BaseDisplacementVerticalRotation + turn,
            },
            _ => action,
        };
    }

    private float Uniform() => (float)(2 * _random.NextDouble() - 1);

    private float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
}
