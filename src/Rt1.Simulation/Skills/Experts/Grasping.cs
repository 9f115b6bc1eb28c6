using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// Takes an object from above: over it, fingers turned, straight down, close. Each action follows from the present state alone, so that
/// a hand that was knocked aside finds back.
/// </summary>
internal static class Grasping
{
    private const float Over = 0.055f;           // of the point between the pads above an object's top, before the descent
    private const float FingerLength = 0.022f;   // below that point
    private const float OpenEnough = 0.065f;     // between the pads: a hand that presses on something opens once it is off it
    private const float HighRoom = 0.015f;       // more room to the sides while the finger tips are above the object
    private const float FarTurn = 1.2f, FarthestTurn = 1.9f;
    private const float HandHalfWidth = 0.07f;

    /// <summary>Whether the hand has the object between its closed fingers.</summary>
    public static bool Holds(Hand hand, Item item)
    {
        if (!hand.IsClosed || hand.Gap < 0.4f * Math.Min(item.Shape.Width, item.Shape.Height))
            return false;
        var (foot, head) = (hand.Sees(item.Pose.Position), hand.Sees(item.Pose.Position + item.Up * (float)item.Shape.Height));
        var axis = head - foot;
        var near = foot + axis * Math.Clamp(-Vector3.Dot(foot, axis) / axis.LengthSquared(), 0, 1);
        return Math.Abs(near.Y) < 0.02f && Math.Abs(near.X) < 0.035f && Math.Abs(near.Z) < 0.018f;
    }

    /// <summary>The next action towards holding an object.</summary>
    public static RobotAction Act(Stage stage, Item item)
    {
        var hand = stage.Hand;
        var grip = item.GripPoint;
        var way = grip - hand.Position;
        if (hand.IsClosed || hand.Gap < OpenEnough)
            return hand.Step(new Vector3(0, 0, way.Z > -Over ? 0.04f : 0), 0, closed: false);
        var turn = Turn(hand, item);
        var (along, across) = hand.Split(Stage.Flat(way));
        var room = (float)Math.Clamp((ObjectShape.WidestGrip + 0.006 - item.Shape.Width) / 2, 0.008, 0.016);
        var distance = Stage.Flat(way).Length();
        var high = hand.Position.Z - FingerLength > item.Top + 0.015f ? HighRoom : 0;
        if (Math.Abs(along) < room + high && Math.Abs(across) < 0.018f + high && Math.Abs(turn) < TurnRoom(item))
            return -way.Z < 0.010f ? hand.Step(Vector3.Zero, 0, closed: true) : hand.Step(way, turn, closed: false);
        var low = hand.Position.Z - FingerLength < item.Top + 0.008f;
        if (low && distance < 0.04f)
            return hand.Step(way with { Z = 0 }, turn, closed: false);
        var height = distance < 0.06f ? item.Top : Math.Max(item.Top, stage.TallestOnTheWay(hand.Position, grip, HandHalfWidth, item.Name));
        var plane = low && distance > 0.04f ? 0.3f : 1;
        return hand.Step(new Vector3(plane * way.X, plane * way.Y, height + Over - hand.Position.Z), turn, closed: false);
    }

    /// <summary>The turn of the hand that brings the fingers along an object's narrow side, by the nearest of the symmetric choices.</summary>
    public static double Turn(Hand hand, Item item)
    {
        if (item.FingerAngle is not { } angle)
            return Math.Abs(hand.Yaw) > FarTurn ? -0.5 * hand.Yaw : 0;
        var turn = Angles.Wrap(angle - hand.FingerAngle, item.Symmetry);
        if (hand.Yaw + turn > FarthestTurn)
            turn -= item.Symmetry;
        else if (hand.Yaw + turn < -FarthestTurn)
            turn += item.Symmetry;
        return turn;
    }

    private static double TurnRoom(Item item) => item.FingerAngle is null ? double.PositiveInfinity : item.Symmetry > 2 ? 0.25 : 0.35;
}
