using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"pick anything": out of a bin, as in QT-Opt; the gripper moves, turns about the vertical and closes.</summary>
internal sealed class PickAnythingSkill : Skill
{
    private const float LiftedEnough = 0.08f, LiftedForSure = 0.10f;

    public override string Name => "pick_anything";

    public override IReadOnlyList<string> Templates { get; } = ["pick anything"];

    public override int StepLimit => 40;

    public override bool WorksWith(string robot) => true;

    public override bool WorksAt(string place) => place.StartsWith("bin", StringComparison.Ordinal);

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) => objects.Any(Admits) ? ["anything"] : [];

    /// <summary>What can be gripped, and leaves room in a bin.</summary>
    public override bool Admits(string name) => ObjectShape.Of(name) is { IsGraspable: true, Radius: < 0.06 };

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item) = (stage.Hand, Nearest(stage));
        if (!Grasping.Holds(hand, item))
            return Grasping.Act(stage, item);
        return stage.Lifted(item.Name) > LiftedForSure ? RobotAction.Terminate : hand.Step(new Vector3(0, 0, ExpertLimits.Translation), 0, closed: true);
    }

    internal override bool Judge(Stage stage) => stage.Robot.Grasped.Any(name => stage.Lifted(name) > LiftedEnough);

    internal override Landmark Target(Stage stage) => stage.Landmark(Nearest(stage).Name);

    /// <summary>The object that the hand is nearest to: going there keeps it so.</summary>
    private static Item Nearest(Stage stage)
    {
        var hand = stage.Hand.Position;
        return stage.Others().Where(item => item.Shape.IsGraspable).MinBy(item => Vector3.Distance(item.GripPoint, hand))!;
    }
}
