using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"place apple into bowl": carry it there and let it go inside.</summary>
internal sealed class PlaceIntoSkill : Skill
{
    public override string Name => "place_into";

    public override IReadOnlyList<string> Templates { get; } = ["place {target} into {reference}"];

    public override int StepLimit => 60;

    public override bool HasReference => true;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) =>
        [.. ObjectKind.All.Where(kind => kind.FitsInside && objects.Contains(kind.Name) && ObjectShape.Of(kind.Name).StandsOut).Select(kind => kind.Name)];

    public override IReadOnlyList<string> References(string target, IReadOnlyList<string> objects) =>
        [.. ObjectKind.All.Where(kind => kind.Holds && objects.Contains(kind.Name)).Select(kind => kind.Name)];

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item, into) = (stage.Hand, stage.Target, stage.Reference);
        if (item.IsIn(into))
            return Releasing.Act(stage, item);
        if (!Grasping.Holds(hand, item))
            return Grasping.Act(stage, item);
        return Carrying.Act(stage, item, into.Pose.Position with { Z = into.Top });
    }

    internal override bool Judge(Stage stage) => stage.Target.IsIn(stage.Reference) && !stage.Grips(stage.Task.Target);
}
