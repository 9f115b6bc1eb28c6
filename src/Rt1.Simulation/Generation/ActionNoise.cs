using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Simulation;

/// <summary>
/// How an expert is disturbed while data is made: what the robot does is perturbed, what is written down is not. The expert then shows
/// how one comes back from where a policy's errors lead.
/// </summary>
public sealed record ActionNoise
{
    /// <summary>Standard deviation of the gripper's motion in x and y, metres.</summary>
    [Range(0, 0.2)]
    public double Horizontal { get; init; } = 0.01;

    /// <summary>Standard deviation of the gripper's motion in z, metres.</summary>
    [Range(0, 0.2)]
    public double Vertical { get; init; } = 0.007;

    /// <summary>Standard deviation of the gripper's yaw, radians.</summary>
    [Range(0, 1)]
    public double Yaw { get; init; } = 0.08;

    /// <summary>How often the gripper is pushed away in x and y.</summary>
    [Range(0, 1)]
    public double KickProbability { get; init; } = 0.05;

    /// <summary>The largest push in each of x and y, metres.</summary>
    [Range(0, 0.2)]
    public double Kick { get; init; } = 0.05;

    /// <summary>How often the gripper opens instead of closing, or closes instead of opening.</summary>
    [Range(0, 1)]
    public double GripperFlipProbability { get; init; } = 0.02;

    /// <summary>Standard deviation of the base's displacement forward and left, metres.</summary>
    [Range(0, 0.2)]
    public double BaseDisplacement { get; init; } = 0.015;

    /// <summary>Standard deviation of the base's turn, radians.</summary>
    [Range(0, 1)]
    public double BaseTurn { get; init; } = 0.03;

    /// <summary>What the robot does instead of the action. Terminating and standing still stay what they are.</summary>
    public RobotAction Perturb(RobotAction action, ref SeededRandom random) => action.Mode switch
    {
        ControlMode.Arm => PerturbArm(action, ref random),
        ControlMode.Base => action with
        {
            BaseDisplacementVector = action.BaseDisplacementVector + new Vector2(Normal(BaseDisplacement, ref random), Normal(BaseDisplacement, ref random)),
            BaseDisplacementVerticalRotation = action.BaseDisplacementVerticalRotation + Normal(BaseTurn, ref random),
        },
        _ => action,
    };

    private RobotAction PerturbArm(RobotAction action, ref SeededRandom random)
    {
        var shift = new Vector3(Normal(Horizontal, ref random), Normal(Horizontal, ref random), Normal(Vertical, ref random));
        var turn = Normal(Yaw, ref random);
        if (random.NextDouble() < KickProbability)
            shift += new Vector3(Uniform(Kick, ref random), Uniform(Kick, ref random), 0);
        var flips = random.NextDouble() < GripperFlipProbability;
        return action with
        {
            WorldVector = action.WorldVector + shift,
            RotationDelta = action.RotationDelta + new Vector3(0, 0, turn),
            GripperClosednessAction = flips ? -action.GripperClosednessAction : action.GripperClosednessAction,
        };
    }

    private static float Normal(double deviation, ref SeededRandom random) => (float)(deviation * random.NextNormal());

    private static float Uniform(double limit, ref SeededRandom random) => (float)(limit * (2 * random.NextDouble() - 1));
}
