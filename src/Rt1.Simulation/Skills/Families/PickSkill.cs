using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"pick apple": grasp it and lift it off the surface.</summary>
internal sealed class PickSkill : Skill
{
    private const float LiftedEnough = 0.08f, LiftedForSure = 0.10f;

    public override string Name => "pick";

    public override IReadOnlyList<string> Templates { get; } = ["pick {target}"];

    public override int StepLimit => 40;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) => [.. objects.Where(name => ObjectShape.Of(name).IsGraspable)];

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item) = (stage.Hand, stage.Target);
        if (!Grasping.Holds(hand, item))
            return Grasping.Act(stage, item);
        return stage.Lifted(item.Name) > LiftedForSure ? RobotAction.Terminate : hand.Step(new Vector3(0, 0, ExpertLimits.Translation), 0, closed: true);
    }

    internal override bool Judge(Stage stage) =>
        stage.Lifted(stage.Task.Target) > LiftedEnough && stage.Grips(stage.Task.Target);
}
