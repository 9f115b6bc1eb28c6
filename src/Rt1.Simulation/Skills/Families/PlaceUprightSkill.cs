using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"place green bottle upright": grasp it where it lies, turn the hand forwards until it stands, set it down.</summary>
internal sealed class PlaceUprightSkill : Skill
{
    private const float Ahead = -0.35f, MostAside = 0.5f;               // where its head points at first: middle and most from it, radians
    private const float Farthest = 0.76f;                               // that the arm reaches with the hand turned forwards, metres
    private const float UprightEnough = 0.95f, UprightForSure = 0.985f; // upward part of the direction from foot to head
    private const float Lift = 0.035f;                                  // of the foot from the surface while it turns, metres

    public override string Name => "place_upright";

    public override IReadOnlyList<string> Templates { get; } = ["place {target} upright"];

    public override int StepLimit => 50;

    /// <summary>What lies takes more room than what stands.</summary>
    public override int MostObjects => 6;

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) =>
        [.. ObjectKind.All.Where(kind => kind.Topples && objects.Contains(kind.Name)).Select(kind => kind.Name)];

    /// <summary>It lies with its head away from the robot: the hand comes from behind.</summary>
    internal override void Arrange(Stage stage, Random random)
    {
        var name = stage.Task.Target;
        var (shape, foot) = (ObjectShape.Of(name), stage.World.PoseOf(name).Position);
        var heading = MostAside * (2 * random.NextSingle() - 1) + Ahead + stage.Robot.BasePose.Z;
        var lying = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, heading) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 2);
        var head = new Vector3(MathF.Cos(heading), MathF.Sin(heading), 0);
        var place = foot - head * (float)shape.Middle + new Vector3(0, 0, (float)Math.Max(shape.Width / 2, shape.Radius) + 0.003f);
        stage.World.Put(name, new MjPose(place, lying));
        stage.Settle(0.6);
    }

    internal override bool IsReady(Stage stage)
    {
        var item = stage.Target;
        var room = (float)item.Shape.Height / 2 + 0.03f;
        return Math.Abs(item.Up.Z) < 0.2f && stage.Rests(item) && Math.Abs(MathF.Atan2(item.Up.Y, item.Up.X) - Ahead) < MostAside + 0.1f && item.Centre.X < Farthest
            && stage.Others(item.Name).All(other => other.IsStanding && stage.Rests(other)
                && Vector2.Distance(Stage.Flat(other.Centre), Stage.Flat(item.Centre)) > other.Shape.Radius + room);
    }

    internal override RobotAction Act(Stage stage)
    {
        var (hand, item) = (stage.Hand, stage.Target);
        if (!Grasping.Holds(hand, item))
            return Stands(stage, item) ? Withdraw(hand, item) : Grasping.Act(stage, item);
        var lean = MathF.Acos(Math.Clamp(item.Up.Z, -1, 1));
        var foot = (item.Pose.Position + hand.Drift).Z - stage.Surface;
        if (item.Up.Z < UprightForSure)
        {
            var high = (float)item.Shape.Middle + Lift - (item.Pose.Position + item.Up * (float)item.Shape.Middle + hand.Drift).Z + stage.Surface;
            var axis = Vector3.Normalize(Vector3.Cross(item.Up, Vector3.UnitZ));
            var turn = high > 0.045f ? 0 : Math.Min(lean, ExpertLimits.Rotation);
            var left = Quaternion.CreateFromAxisAngle(axis, turn);
            return hand.Step(new Vector3(0, 0, high), left * hand.Orientation, closed: true);
        }
        return foot > Carrying.Resting
            ? hand.Step(new Vector3(0, 0, -foot), hand.Orientation, closed: true)
            : hand.Step(Vector3.Zero, hand.Orientation, closed: false);
    }

    internal override bool Judge(Stage stage) =>
        stage.Target.Up.Z > UprightEnough && stage.Rests(stage.Target) && !stage.Grips(stage.Task.Target);

    private static bool Stands(Stage stage, Item item) => item.Up.Z > UprightEnough && item.Bottom < stage.Surface + 0.01f;

    /// <summary>The fingers open around it, then the hand goes back the way it points.</summary>
    private static RobotAction Withdraw(Hand hand, Item item)
    {
        if (hand.IsClosed || hand.Gap < 0.07f && Vector3.Distance(hand.Position, item.Centre) < 0.08f)
            return hand.Step(Vector3.Zero, hand.Orientation, closed: false);
        var back = -Vector3.Transform(Vector3.UnitZ, hand.Orientation);
        return Vector3.Distance(hand.Position, item.Centre) > 0.09f
            ? RobotAction.Terminate
            : hand.Step(Drawer.Shortened(back * ExpertLimits.Translation), hand.Orientation, closed: false);
    }
}
