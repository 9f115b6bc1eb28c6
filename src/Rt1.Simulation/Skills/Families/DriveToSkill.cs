using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>"drive to the table": from another stand of the kitchen to the one before it.</summary>
internal sealed class DriveToSkill : Skill
{
    private const float NearEnough = 0.15f, NearForSure = 0.06f;            // metres
    private const float TurnedEnough = 0.25f, TurnedForSure = 0.10f;        // radians
    private const float Reach = 0.62f, TopHeight = 0.75f;                   // where a stand's work is, from its base pose
    private static readonly Vector3 StartAround = new(0.08f, 0.08f, 0.15f);

    public override string Name => "drive_to";

    public override IReadOnlyList<string> Templates { get; } = ["drive to the {target}"];

    public override int StepLimit => 30;

    public override bool HasObjects => false;

    public override bool WorksAt(string place) => place.StartsWith("kitchen", StringComparison.Ordinal);

    public override IReadOnlyList<string> Targets(IReadOnlyList<string> objects) => ["counter", "table", "sink", "drawers"];

    internal override RobotStart Start(World world, SkillTask task, Random random)
    {
        var others = world.Stands.Where(stand => stand.Key != task.Target).OrderBy(stand => stand.Key, StringComparer.Ordinal).ToList();
        return StartAt(others[random.Next(others.Count)].Value, random).Vary(random, StartAround, Vector3.Zero, 0);
    }

    internal override bool HasBegun(Stage stage) => true;

    internal override RobotAction Act(Stage stage)
    {
        var (at, goal) = (stage.Robot.ComingBasePose, Goal(stage));
        var way = Stage.Flat(goal - at);
        var turn = (float)Angles.Wrap(goal.Z - at.Z, 2 * Math.PI);
        if (way.Length() < NearForSure && Math.Abs(turn) < TurnedForSure)
            return RobotAction.Terminate;
        var (sin, cos) = MathF.SinCos(at.Z);
        var step = way.Length() > ExpertLimits.BaseTranslation ? way * (ExpertLimits.BaseTranslation / way.Length()) : way;
        return new RobotAction
        {
            Mode = ControlMode.Base,
            BaseDisplacementVector = new(cos * step.X + sin * step.Y, cos * step.Y - sin * step.X),
            BaseDisplacementVerticalRotation = Math.Clamp(turn, -ExpertLimits.BaseRotation, ExpertLimits.BaseRotation),
        };
    }

    internal override bool Judge(Stage stage)
    {
        var (at, goal) = (stage.Robot.BasePose, Goal(stage));
        return Vector2.Distance(Stage.Flat(at), Stage.Flat(goal)) < NearEnough && Math.Abs(Angles.Wrap(goal.Z - at.Z, 2 * Math.PI)) < TurnedEnough;
    }

    internal override Landmark Target(Stage stage)
    {
        var goal = Goal(stage);
        var (sin, cos) = MathF.SinCos(goal.Z);
        var body = stage.Task.Target == "drawers" ? "chest" : stage.Task.Target;
        return new Landmark(body, new Vector3(goal.X + Reach * cos, goal.Y + Reach * sin, TopHeight));
    }

    private static Vector3 Goal(Stage stage) => stage.World.Stands[stage.Task.Target];
}
