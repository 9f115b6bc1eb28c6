using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A family of instructions: how it is said, where its trials start, how an expert does it, and when it is done. Skills hold no state:
/// a trial's state is the world's, so that an expert goes on from wherever it is put.
/// </summary>
public abstract class Skill
{
    private const float HandLift = 0.02f, YawAround = 0.5f;
    private static readonly Vector3 HandAround = new(0.08f, 0.12f, 0.04f), BaseAround = new(0.015f, 0.02f, 0.03f);

    /// <summary>As in configurations and datasets, e.g. <c>move_near</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How it is said, with <c>{target}</c> and <c>{reference}</c>; the first is the usual one.</summary>
    public abstract IReadOnlyList<string> Templates { get; }

    /// <summary>Decisions after which an episode has failed.</summary>
    public abstract int StepLimit { get; }

    /// <summary>Whether the instruction names a second thing.</summary>
    public virtual bool HasReference => false;

    /// <summary>Whether its trials can take place there.</summary>
    public virtual bool WorksAt(string place) => !place.StartsWith("bin", StringComparison.Ordinal);

    /// <summary>Whether the robot can do it.</summary>
    public virtual bool WorksWith(string robot) => robot == "edr";

    /// <summary>What it can be about.</summary>
    /// <param name="objects">The objects that a suite offers.</param>
    public abstract IReadOnlyList<string> Targets(IReadOnlyList<string> objects);

    /// <summary>What the second thing can be; empty where there is none.</summary>
    /// <param name="target">The first.</param>
    /// <param name="objects">The objects that a suite offers.</param>
    public virtual IReadOnlyList<string> References(string target, IReadOnlyList<string> objects) =>
        HasReference ? [.. objects.Where(name => name != target)] : [];

    /// <summary>Objects in a scene beyond which its work has no room.</summary>
    public virtual int MostObjects => int.MaxValue;

    /// <summary>Whether an object may stand by that the instruction does not name.</summary>
    public virtual bool Admits(string name) => true;

    /// <summary>The task with its instruction.</summary>
    /// <param name="template">Which of <see cref="Templates"/>.</param>
    public SkillTask Task(string target, string? reference = null, int template = 0) => new()
    {
        Skill = Name,
        Target = target,
        Reference = reference,
        Instruction = Templates[template].Replace("{target}", Spoken(target)).Replace("{reference}", Spoken(reference ?? "")),
    };

    /// <summary>Whether things stand on the surface; furniture and bare floors need none.</summary>
    public virtual bool HasObjects => true;

    /// <summary>How the robot stands when a trial begins: at the work, its hand somewhere around its waiting pose.</summary>
    internal virtual RobotStart Start(World world, SkillTask task, Random random) => StartAt(world.Stands.Values.FirstOrDefault(), random);

    /// <summary>The site on which the objects stand.</summary>
    internal virtual string Surface => "workspace";

    /// <summary>Changes the world into the skill's starting state; objects stand on the surface already.</summary>
    internal virtual void Arrange(Stage stage, Random random) { }

    /// <summary>Whether the world is fit to start; another is drawn where it is not.</summary>
    internal virtual bool IsReady(Stage stage) => stage.Others().All(item => item.IsStanding && stage.Rests(item));

    /// <summary>The expert's next action, within <see cref="ExpertLimits"/>.</summary>
    internal abstract RobotAction Act(Stage stage);

    /// <summary>Whether the world is as the instruction asks.</summary>
    internal abstract bool Judge(Stage stage);

    /// <summary>Whether the robot has hold of the target: from then on its hand may hide it.</summary>
    internal virtual bool HasBegun(Stage stage) => stage.Hand.IsClosed;

    /// <summary>What is looked at for the first thing: a body's name and a point in the world.</summary>
    internal virtual Landmark Target(Stage stage) => stage.Landmark(stage.Task.Target);

    /// <summary>What is looked at for the second thing.</summary>
    internal virtual Landmark? Reference(Stage stage) => stage.Task.Reference is { } name ? stage.Landmark(name) : null;

    /// <summary>About a base pose, the hand not much lower than it waits.</summary>
    private protected static RobotStart StartAt(Vector3 basePose, Random random) =>
        new RobotStart { BasePose = basePose, GripperOffset = new Vector3(0, 0, HandLift) }.Vary(random, BaseAround, HandAround, YawAround);

    private static string Spoken(string name) => name.Replace('_', ' ');
}
