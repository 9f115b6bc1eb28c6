using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Brings a held object over a place, down to it, and lets go.</summary>
internal static class Carrying
{
    private const float Height = 0.06f;          // of the object's bottom above what it passes over, metres
    private const float Apart = 0.04f;
    private const float Arrived = 0.02f;

    /// <summary>Of the object's bottom above a surface, below which it can be let go, metres.</summary>
    public const float Resting = 0.007f;

    private const float FingerReach = 0.055f, HandReach = 0.07f;
    private const int Directions = 12;

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
            return gap > Resting ? hand.Step(way with { Z = -gap }, 0, closed: true) : hand.Step(Vector3.Zero, 0, closed: false);
        }
        var obstacle = stage.TallestOnTheWay(at, place, Math.Max((float)item.Shape.Radius + 0.02f, FingerReach), item.Name);
        var lift = obstacle + Height - bottom;
        var plane = lift > 0.03f && distance > 0.03f ? 0 : 1;
        return hand.Step(new Vector3(plane * way.X, plane * way.Y, distance > 0.03f ? lift : 0), 0, closed: true);
    }

    /// <summary>A free place beside another object: of those around it, the one nearest to where the item is now.</summary>
    /// <returns>The place, and how much it lacks in room: 0 where it is free.</returns>
    public static (Vector3 Place, float Lacking) Beside(Stage stage, Item item, Item other)
    {
        var (best, lacking, lowest) = (Vector3.Zero, 0f, float.PositiveInfinity);
        for (var i = 0; i < Directions; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 2 * MathF.PI / Directions);
            var direction = new Vector2(cos, sin);
            var distance = item.Reach(direction) + other.Reach(direction) + Apart;
            var place = new Vector3(Stage.Flat(other.Centre) + distance * direction, stage.Surface);
            var lacks = Lacks(stage, item, other, Stage.Flat(place));
            var cost = Vector2.Distance(Stage.Flat(place), Stage.Flat(item.Centre)) + 20 * lacks;
            if (cost < lowest)
                (best, lacking, lowest) = (place, lacks, cost);
        }
        return (best, lacking);
    }

    private static float Lacks(Stage stage, Item item, Item other, Vector2 place)
    {
        var off = place - Stage.Flat(stage.WorkspaceCentre);
        var lacks = Math.Max(0, Math.Max(Math.Abs(off.X) - stage.WorkspaceHalf.X, Math.Abs(off.Y) - stage.WorkspaceHalf.Y) - 0.02f);
        foreach (var third in stage.Others(item.Name, other.Name))
        {
            var way = Stage.Flat(third.Centre) - place;
            var room = Math.Max(item.Reach(way), third.Shape.Height > 0.1 ? HandReach : FingerReach) + third.Reach(way) + 0.01f;
            lacks += Math.Max(0, room - way.Length());
        }
        return lacks;
    }
}
