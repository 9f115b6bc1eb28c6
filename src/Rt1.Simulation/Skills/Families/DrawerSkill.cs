using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>What opening and closing drawers share: in a kitchen, at its drawers, with closed fingers.</summary>
internal abstract class DrawerSkill : Skill
{
    public override int StepLimit => 45;

    public override bool HasObjects => false;

    public override bool WorksAt(string place) => place.StartsWith("kitchen", StringComparison.Ordinal);

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) => ["top", "middle", "bottom"];

    /// <summary>How far behind the stand at the drawers the base starts, so that the arm has room, metres.</summary>
    private protected abstract float StepBack { get; }

    internal override RobotStart Start(World world, SkillTask task, Random random)
    {
        var stand = world.Stands["drawers"];
        var (sin, cos) = MathF.SinCos(stand.Z);
        return StartAt(stand - StepBack * new Vector3(cos, sin, 0), random);
    }

    internal override Landmark Target(Stage stage) => new($"drawer_{stage.Task.Target}", Drawer(stage).HandleInWorld.Position);

    /// <summary>A full step in a direction that takes back what the hand is off to the side.</summary>
    private protected static Vector3 Along(Vector3 direction, Vector3 aside) => Simulation.Drawer.Shortened(direction * ExpertLimits.Translation + aside);

    private protected static Drawer Drawer(Stage stage) => new(stage, stage.Task.Target);
}

/// <summary>"open top drawer": fingers behind the handle, and pull.</summary>
internal sealed class OpenDrawerSkill : DrawerSkill
{
    private const float OpenEnough = 0.8f, OpenForSure = 0.86f;     // parts of the range
    private const float Behind = 0.027f, Above = 0.014f;            // of the fingers from the bar's middle when they pull, metres
    private const float StandOff = 0.17f;

    public override string Name => "open_drawer";

    private protected override float StepBack => 0.04f;

    public override IReadOnlyList<string> Templates { get; } = ["open {target} drawer"];

    internal override bool HasBegun(Stage stage) => Drawer(stage).Opening > 0.02f;

    internal override RobotAction Act(Stage stage)
    {
        var (hand, drawer) = (stage.Hand, Drawer(stage));
        if (drawer.Opening > OpenForSure * drawer.Range)
            return RobotAction.Terminate;
        var hook = drawer.Handle - drawer.Out * Behind + new Vector3(0, 0, Above);
        var off = hook - hand.Position;
        var inwards = Vector3.Dot(off, -drawer.Out);
        var aside = off + drawer.Out * inwards;
        var drift = Vector3.Dot(hand.Drift, -drawer.Out);
        if (inwards > -0.03f && Math.Min(inwards, inwards + drift) < 0.026f && Math.Abs(aside.Z) < 0.02f && Stage.Flat(aside).Length() < 0.06f)
            return hand.Step(Along(drawer.Out, aside), drawer.HandOrientation(hand), closed: true);
        return drawer.Approach(hand, hook, drawer.Fingers, StandOff);
    }

    internal override bool Judge(Stage stage) => Drawer(stage) is var drawer && drawer.Opening >= OpenEnough * drawer.Range;
}

/// <summary>"close top drawer": fingers before the handle, and push.</summary>
internal sealed class CloseDrawerSkill : DrawerSkill
{
    private const float ClosedEnough = 0.015f, ClosedForSure = 0.008f;
    private const float Before = 0.045f, Above = 0.02f;
    private const float StandOff = 0.12f;

    public override string Name => "close_drawer";

    private protected override float StepBack => 0.14f;

    public override IReadOnlyList<string> Templates { get; } = ["close {target} drawer"];

    internal override void Arrange(Stage stage, Random random)
    {
        var drawer = Drawer(stage);
        drawer.Opening = drawer.Range * (0.6f + 0.25f * random.NextSingle());
    }

    internal override bool HasBegun(Stage stage) => stage.Hand.IsClosed && Vector3.Distance(stage.Hand.Position, Drawer(stage).Handle) < 0.07f;

    internal override RobotAction Act(Stage stage)
    {
        var (hand, drawer) = (stage.Hand, Drawer(stage));
        if (drawer.Opening < ClosedForSure)
            return RobotAction.Terminate;
        var before = drawer.Handle + drawer.Out * Before + new Vector3(0, 0, Above);
        var off = before - hand.Position;
        var inwards = Vector3.Dot(off, -drawer.Out);
        var aside = off + drawer.Out * inwards;
        if (inwards is > -0.06f and < 0.02f && Math.Abs(aside.Z) < 0.03f && Stage.Flat(aside).Length() < 0.08f)
            return hand.Step(Along(-drawer.Out, aside), drawer.HandOrientation(hand), closed: true);
        return drawer.Approach(hand, before, -Vector3.UnitZ, StandOff);
    }

    internal override bool Judge(Stage stage) => Drawer(stage).Opening <= ClosedEnough;
}
