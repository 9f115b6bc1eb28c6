using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"knock red can over": closed fingers push its upper part until it falls.</summary>
internal sealed class KnockOverSkill : Skill
{
    private const float FallenEnough = 0.5f, FallenForSure = 0.35f;     // upward part of the direction from foot to head
    private const float HandRoom = 0.03f;                               // of the closed fingers, from their middle, metres
    private const float StandOff = 0.035f;                              // of the fingers from its side
    private const int Directions = 8;

    public override string Name => "knock_over";

    public override IReadOnlyList<string> Templates { get; } = ["knock {target} over"];

    public override int StepLimit => 40;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) =>
        [.. ObjectKind.All.Where(kind => kind.Topples && objects.Contains(kind.Name)).Select(kind => kind.Name)];

    internal override bool IsReady(Stage stage) => base.IsReady(stage) && Lacks(stage, stage.Target, Direction(stage, stage.Hand, stage.Target)) <= 0;

    internal override bool HasBegun(Stage stage) => stage.Target.Up.Z < 0.97f;

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item) = (stage.Hand, stage.Target);
        if (item.Up.Z < FallenForSure)
            return RobotAction.Terminate;
        var push = Direction(stage, hand, item);
        var height = item.Pose.Position.Z + 0.72f * (float)item.Shape.Height + 0.022f;
        var way = item.Centre - hand.Position;
        var before = Stage.Flat(way) - push * ((float)item.Shape.Width / 2 + HandRoom + StandOff);
        var aside = Stage.Flat(way) - push * Vector2.Dot(Stage.Flat(way), push);
        var isLow = Math.Abs(hand.Position.Z - height) < 0.03f;
        if (isLow && aside.Length() < 0.02f && Vector2.Dot(Stage.Flat(way), push) > -0.06f)
            return hand.Step(new Vector3(push * ExpertLimits.Translation + aside, height - hand.Position.Z), 0, closed: true);
        if (before.Length() < 0.025f)
            return hand.Step(new Vector3(before, height - hand.Position.Z), 0, closed: true);
        var over = Math.Max(item.Top, stage.TallestOnTheWay(hand.Position, hand.Position + new Vector3(before, 0), 0.05f, item.Name)) + 0.045f;
        var lift = over - hand.Position.Z;
        return hand.Step(new Vector3(lift > 0.04f ? Vector2.Zero : before, lift), 0, closed: true);
    }

    internal override bool Judge(Stage stage) => stage.Target.Up.Z < FallenEnough && stage.Target.Bottom < stage.Surface + 0.03f;

    /// <summary>Away from the hand, as far as there is room to stand and to fall: of eight directions the best.</summary>
    private static Vector2 Direction(Stage stage, Hand hand, Item item)
    {
        var away = Vector2.Normalize(Stage.Flat(item.Centre - hand.Position));
        var candidates = Enumerable.Range(0, Directions).Select(i => MathF.SinCos(i * 2 * MathF.PI / Directions)).Select(d => new Vector2(d.Cos, d.Sin));
        return candidates.MinBy(direction => 50 * Lacks(stage, item, direction) - Vector2.Dot(direction, away));
    }

    private static float Lacks(Stage stage, Item item, Vector2 push)
    {
        var (middle, half) = (Stage.Flat(item.Pose.Position), (float)item.Shape.Width / 2);
        var (from, to) = (middle - push * (half + 0.08f), middle + push * ((float)item.Shape.Height + 0.03f));
        var lacks = 0f;
        foreach (var other in stage.Others(item.Name))
            lacks += Math.Max(0, (float)other.Shape.Radius + half + 0.01f - Stage.Distance(Stage.Flat(other.Centre), from, to));
        var off = to - Stage.Flat(stage.WorkspaceCentre);
        return lacks + Math.Max(0, Math.Max(Math.Abs(off.X) - stage.WorkspaceHalf.X - 0.04f, Math.Abs(off.Y) - stage.WorkspaceHalf.Y - 0.15f));
    }
}
