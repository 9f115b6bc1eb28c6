using System.Numerics;

namespace Rt1.Simulation;

/// <summary>How a robot stands when a run begins.</summary>
public sealed record RobotStart
{
    /// <summary>World frame: x, y (metres), yaw (radians); null for the place's first stand. A robot without a base ignores it.</summary>
    public Vector3? BasePose { get; init; }

    /// <summary>Where the gripper is, from where it waits: metres, base frame.</summary>
    public Vector3 GripperOffset { get; init; }

    /// <summary>Its turn about the vertical from how it waits, radians.</summary>
    public float GripperYaw { get; init; }

    /// <summary>0 open, 1 closed.</summary>
    public float GripperClosedness { get; init; }

    /// <summary>The same start somewhere near: all that varies is drawn evenly from both sides.</summary>
    /// <param name="random">The same numbers, the same start.</param>
    /// <param name="basePose">Most of the base, from <see cref="BasePose"/>, which must be set: metres, metres, radians.</param>
    /// <param name="gripper">Most of the gripper, metres.</param>
    /// <param name="yaw">Most of the gripper's turn, radians.</param>
    public RobotStart Vary(Random random, Vector3 basePose, Vector3 gripper, float yaw) => this with
    {
        BasePose = BasePose + basePose * Even(random),
        GripperOffset = GripperOffset + gripper * Even(random),
        GripperYaw = GripperYaw + yaw * Even(random).X,
    };

    private static Vector3 Even(Random random) =>
        2 * new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle()) - Vector3.One;
}
