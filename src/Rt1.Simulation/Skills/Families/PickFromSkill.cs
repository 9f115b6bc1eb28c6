using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"pick apple from basket and place on counter".</summary>
internal sealed class PickFromSkill : Skill
{
    private const double RoomForFingers = 0.06;     // half a floor that the open fingers reach down to
    private const float Central = 0.014f;
    private const float OutEnough = 0.01f, OutForSure = 0.02f;

    public override string Name => "pick_from";

    public override IReadOnlyList<string> Templates { get; } = ["pick {target} from {reference} and place on counter"];

    public override int StepLimit => 60;

    public override bool HasReference => true;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) =>
        [.. ObjectKind.All.Where(kind => kind.FitsInside && objects.Contains(kind.Name) && ObjectShape.Of(kind.Name).StandsOut).Select(kind => kind.Name)];

    public override IReadOnlyList<string> References(string target, IReadOnlyList<string> objects) =>
        [.. objects.Where(name => ObjectShape.Of(name).Inside > RoomForFingers)];

    internal override void Arrange(Stage stage, Random random)
    {
        var into = stage.World.PoseOf(stage.Task.Reference!);
        float Around() => 0.008f * (2 * random.NextSingle() - 1);
        var place = into.Position + new Vector3(Around(), Around(), 0.009f);
        stage.World.Put(stage.Task.Target, into with { Position = place });
        stage.Settle(0.6);
    }

    internal override bool IsReady(Stage stage) =>
        stage.Others(stage.Task.Target).All(item => item.IsStanding && stage.Rests(item)) && stage.Target.IsIn(stage.Reference)
        && stage.Target.IsStanding && FromMiddle(stage).Length() < Central
        && Carrying.Beside(stage, stage.Target, stage.Reference).Lacking <= 0;

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item, from) = (stage.Hand, AlongTheWall(stage), stage.Reference);
        var holds = Grasping.Holds(hand, item);
        if (item.GapTo(from) > OutForSure && item.Bottom + (holds ? hand.Drift.Z : 0) < stage.Surface + Carrying.Resting)
            return Releasing.Act(stage, item);
        return holds ? Carrying.Act(stage, item, Carrying.Beside(stage, item, from).Place) : Grasping.Act(stage, item);
    }

    internal override bool Judge(Stage stage) =>
        stage.Target.GapTo(stage.Reference) > OutEnough && stage.Rests(stage.Target) && !stage.Grips(stage.Task.Target);

    /// <summary>The target; while it is inside, to be taken with the fingers along the longer side.</summary>
    private static Item AlongTheWall(Stage stage)
    {
        var (item, from) = (stage.Target, stage.Reference);
        if (!item.IsIn(from))
            return item;
        var side = Vector3.Transform(Vector3.UnitX, from.Pose.Orientation);
        return item with { FingersAlong = Math.Atan2(side.Y, side.X) };
    }

    private static Vector2 FromMiddle(Stage stage) => Stage.Flat(stage.Target.Centre - stage.Reference.Centre);
}
