using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"move apple near red can": carry it there and set it down beside it.</summary>
internal sealed class MoveNearSkill : Skill
{
    private const float NearEnough = 0.07f;      // between the two, metres
    private const float FarEnough = 0.10f;
    private const float NearForSure = 0.06f;

    public override string Name => "move_near";

    public override IReadOnlyList<string> Templates { get; } = ["move {target} near {reference}"];

    public override int StepLimit => 60;

    public override bool HasReference => true;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) => [.. objects.Where(name => ObjectShape.Of(name).IsGraspable)];

    /// <summary>Starts with the two apart, and room beside the second.</summary>
    internal override bool IsReady(Stage stage) =>
        base.IsReady(stage) && Gap(stage) > FarEnough && Carrying.Beside(stage, stage.Target, stage.Reference).Lacking <= 0;

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item) = (stage.Hand, stage.Target);
        var holds = Grasping.Holds(hand, item);
        var resting = item.Bottom + (holds ? hand.Drift.Z : 0) < stage.Surface + Carrying.Resting;
        if (Gap(stage) < NearForSure && resting)
            return Releasing.Act(stage, item);
        return holds ? Carrying.Act(stage, item, Carrying.Beside(stage, item, stage.Reference).Place) : Grasping.Act(stage, item);
    }

    internal override bool Judge(Stage stage) =>
        Gap(stage) < NearEnough && stage.Rests(stage.Target) && stage.Rests(stage.Reference) && !stage.Grips(stage.Task.Target);

    private static float Gap(Stage stage) => stage.Target.GapTo(stage.Reference);
}
