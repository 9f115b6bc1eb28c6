using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>The gripper as an expert sees it: where it will be when the motion under way has ended, in the base frame.</summary>
internal sealed record Hand
{
    private const float FullOpening = 0.09f;     // metres between the pads
    private const float TiltBand = 0.05f;        // radians: smaller tilts are left alone

    /// <summary>The point between the pads.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>How far it has still to go.</summary>
    public required Vector3 Drift { get; init; }

    /// <summary>Turn about the vertical from the waiting pose, radians.</summary>
    public required float Yaw { get; init; }

    /// <summary>Turn about the base's x and y axes that makes it point straight down.</summary>
    public required Vector2 Tilt { get; init; }

    /// <summary>Along which the fingers close, an angle in the base frame.</summary>
    public required float FingerAngle { get; init; }

    /// <summary>Whether the fingers are told to be closed.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>Between the pads, metres, measured.</summary>
    public required float Gap { get; init; }

    /// <param name="robot">In a world whose poses are computed.</param>
    /// <param name="waiting">The gripper's orientation that counts as straight down and not turned.</param>
    public static Hand Of(MobileManipulator robot, Quaternion waiting)
    {
        var (coming, measured) = (robot.ComingGripperPose, robot.GripperPose);
        var turn = coming.Orientation * Quaternion.Conjugate(waiting);
        var yaw = Angles.Wrap(2 * Math.Atan2(turn.Z, turn.W), 2 * Math.PI);
        var straight = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (float)yaw) * waiting;
        var back = straight * Quaternion.Conjugate(coming.Orientation);
        var sign = back.W < 0 ? -2 : 2;
        var fingers = Vector3.Transform(Vector3.UnitY, straight);
        return new Hand
        {
            Position = coming.Position,
            Drift = coming.Position - measured.Position,
            Yaw = (float)yaw,
            Tilt = new Vector2(back.X, back.Y) * sign,
            FingerAngle = MathF.Atan2(fingers.Y, fingers.X),
            IsClosed = robot.ComingClosedness > 0.5,
            Gap = FullOpening * (1 - (float)robot.ClosednessNow),
        };
    }

    /// <summary>An arm step towards a displacement, shortened to <see cref="ExpertLimits"/> without changing its direction in the plane.</summary>
    public RobotAction Step(Vector3 way, double turn, bool closed)
    {
        var widest = Math.Max(Math.Abs(way.X), Math.Abs(way.Y));
        var part = widest > ExpertLimits.Translation ? ExpertLimits.Translation / widest : 1;
        var tilt = Tilt.Length() > TiltBand ? Tilt : Vector2.Zero;
        return new RobotAction
        {
            Mode = ControlMode.Arm,
            WorldVector = new(way.X * part, way.Y * part, Math.Clamp(way.Z, -ExpertLimits.Translation, ExpertLimits.Translation)),
            RotationDelta = new(Limited(tilt.X), Limited(tilt.Y), Limited((float)turn)),
            GripperClosednessAction = closed ? 1 : -1,
        };
    }

    /// <summary>A displacement along the fingers' motion, and across it.</summary>
    public (float Along, float Across) Split(Vector2 way)
    {
        var (sin, cos) = MathF.SinCos(FingerAngle);
        return (cos * way.X + sin * way.Y, cos * way.Y - sin * way.X);
    }

    private static float Limited(float angle) => Math.Clamp(angle, -ExpertLimits.Rotation, ExpertLimits.Rotation);
}
