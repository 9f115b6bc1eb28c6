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

    /// <summary>How it will be turned.</summary>
    public required Quaternion Orientation { get; init; }

    /// <summary>How it is turned now.</summary>
    public required Quaternion OrientationNow { get; init; }

    /// <summary>How it is turned when it points straight down and is not turned about the vertical.</summary>
    public required Quaternion Waiting { get; init; }

    /// <summary>Turn about the vertical from the waiting pose, radians.</summary>
    public required float Yaw { get; init; }

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
        var yaw = (float)Angles.Wrap(2 * Math.Atan2(turn.Z, turn.W), 2 * Math.PI);
        var fingers = Vector3.Transform(Vector3.UnitY, Turned(waiting, yaw));
        return new Hand
        {
            Position = coming.Position,
            Drift = coming.Position - measured.Position,
            Orientation = coming.Orientation,
            OrientationNow = measured.Orientation,
            Waiting = waiting,
            Yaw = yaw,
            FingerAngle = MathF.Atan2(fingers.Y, fingers.X),
            IsClosed = robot.ComingClosedness > 0.5,
            Gap = FullOpening * (1 - (float)robot.ClosednessNow),
        };
    }

    /// <summary>An arm step with the hand straight down.</summary>
    /// <param name="way">Where to, shortened to <see cref="ExpertLimits"/> without changing its direction in the plane.</param>
    /// <param name="turn">About the vertical, radians.</param>
    public RobotAction Step(Vector3 way, double turn, bool closed)
    {
        var tilt = Between(Orientation, Turned(Waiting, Yaw));
        var isTilted = tilt.Length() > TiltBand;
        var rotation = new Vector3(isTilted ? tilt.X : 0, isTilted ? tilt.Y : 0, (float)turn);
        return Action(way, Vector3.Clamp(rotation, new(-ExpertLimits.Rotation), new(ExpertLimits.Rotation)), closed);
    }

    /// <summary>An arm step that also turns the hand towards an orientation.</summary>
    public RobotAction Step(Vector3 way, Quaternion towards, bool closed)
    {
        var turn = Between(Orientation, towards);
        var angle = turn.Length();
        if (angle < TiltBand)
            return Action(way, Vector3.Zero, closed);
        return Action(way, Angles.RollPitchYaw(Quaternion.CreateFromAxisAngle(turn / angle, Math.Min(angle, ExpertLimits.Rotation))), closed);
    }

    /// <summary>A point as the hand sees it now: x across the fingers, y along their motion, z out of the hand.</summary>
    public Vector3 Sees(Vector3 point) => Vector3.Transform(point - (Position - Drift), Quaternion.Conjugate(OrientationNow));

    /// <summary>A displacement along the fingers' motion, and across it.</summary>
    public (float Along, float Across) Split(Vector2 way)
    {
        var (sin, cos) = MathF.SinCos(FingerAngle);
        return (cos * way.X + sin * way.Y, cos * way.Y - sin * way.X);
    }

    private static RobotAction Action(Vector3 way, Vector3 rotation, bool closed)
    {
        var widest = Math.Max(Math.Abs(way.X), Math.Abs(way.Y));
        var part = widest > ExpertLimits.Translation ? ExpertLimits.Translation / widest : 1;
        return new RobotAction
        {
            Mode = ControlMode.Arm,
            WorldVector = new(way.X * part, way.Y * part, Math.Clamp(way.Z, -ExpertLimits.Translation, ExpertLimits.Translation)),
            RotationDelta = rotation,
            GripperClosednessAction = closed ? 1 : -1,
        };
    }

    private static Quaternion Turned(Quaternion waiting, float yaw) => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw) * waiting;

    /// <summary>The rotation vector from one orientation to another, base frame.</summary>
    private static Vector3 Between(Quaternion from, Quaternion to)
    {
        var turn = to * Quaternion.Conjugate(from);
        if (turn.W < 0)
            turn = -turn;
        var axis = new Vector3(turn.X, turn.Y, turn.Z);
        var sine = axis.Length();
        return sine < 1e-6f ? Vector3.Zero : axis * (2 * MathF.Atan2(sine, turn.W) / sine);
    }
}
