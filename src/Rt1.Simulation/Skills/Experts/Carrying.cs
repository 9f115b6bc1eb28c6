using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Brings a held object over a place, down to it, and lets go.</summary>
internal static class Carrying
{
    private const float Height = 0.06f;          // of the object's bottom above what it passes over, metres
    private const float Apart = 0.035f;
    private const float Arrived = 0.02f;
    private const int Directions = 8;

    /// <summary>The next action of carrying.</summary>
    /// <param name="item">What the hand holds.</param>
    /// <param name="place">Where the middle of its foot goes, in the base frame.</param>
    public static RobotAction Act(Stage stage, Item item, Vector3 place)
    {
        var hand = stage.Hand;
        var at = item.Centre + hand.Drift;
        var bottom = item.Bottom + hand.Drift.Z;
        var way = place - at;
        var distance = Stage.Flat(way).Length();
        if (distance < Arrived)
        {
            var gap = bottom - place.Z;
            return gap > 0.006f ? hand.Step(way with { Z = -gap }, 0, closed: true) : hand.Step(Vector3.Zero, 0, closed: false);
        }
        var obstacle = stage.TallestOnTheWay(at, place, (float)item.Shape.Radius + 0.03f, item.Name);
        var lift = obstacle + Height - bottom;
        var plane = lift > 0.03f && distance > 0.03f ? 0 : 1;
        return hand.Step(new Vector3(plane * way.X, plane * way.Y, distance > 0.03f ? lift : 0), 0, closed: true);
    }

    /// <summary>A free place beside another object: of eight around it, the one nearest to where the item is now.</summary>
    public static Vector3 Beside(Stage stage, Item item, Item other)
    {
        var (best, lowest) = (Vector3.Zero, float.PositiveInfinity);
        for (var i = 0; i < Directions; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 2 * MathF.PI / Directions);
            var direction = new Vector2(cos, sin);
            var distance = item.Reach(direction) + other.Reach(direction) + Apart;
            var place = new Vector3(Stage.Flat(other.Centre) + distance * direction, stage.Surface);
            var cost = Vector2.Distance(Stage.Flat(place), Stage.Flat(item.Centre)) + Penalty(stage, item, other, place);
            if (cost < lowest)
                (best, lowest) = (place, cost);
        }
        return best;
    }

    private static float Penalty(Stage stage, Item item, Item other, Vector3 place)
    {
        var penalty = 0f;
        foreach (var third in stage.Others(item.Name, other.Name))
        {
            if (Vector2.Distance(Stage.Flat(third.Centre), Stage.Flat(place)) < (float)(third.Shape.Radius + item.Shape.Radius) + 0.025f)
                penalty += 1;
        }
        var off = Stage.Flat(place - stage.WorkspaceCentre);
        if (Math.Abs(off.X) > stage.WorkspaceHalf.X + 0.03f || Math.Abs(off.Y) > stage.WorkspaceHalf.Y + 0.03f)
            penalty += 1;
        return penalty;
    }
}
