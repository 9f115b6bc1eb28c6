using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Lets go of an object that stands where it should, and withdraws upwards.</summary>
internal static class Releasing
{
    private const float Clear = 0.05f;

    public static RobotAction Act(Stage stage, Item item)
    {
        var hand = stage.Hand;
        if (hand.IsClosed)
            return hand.Step(Vector3.Zero, 0, closed: false);
        var apart = Vector2.Distance(Stage.Flat(hand.Position), Stage.Flat(item.GripPoint)) > 0.1f;
        if (apart || hand.Position.Z > item.GripPoint.Z + Clear)
            return RobotAction.Terminate;
        return hand.Step(new Vector3(0, 0, ExpertLimits.Translation), 0, closed: false);
    }
}
