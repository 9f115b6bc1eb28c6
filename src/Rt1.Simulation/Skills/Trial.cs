using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>One try at an instruction, in a lab of its own: from the skill's starting state to a judged end.</summary>
/// <remarks>
/// Whoever runs it owns the time: capture a frame at t, start the motion at t + latency, advance to t + period. <see cref="Step"/> does
/// that. Not thread-safe; several trials may run in several threads.
/// </remarks>
public sealed class Trial : IDisposable
{
    /// <summary>Between two decisions.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1 / 3.0);

    /// <summary>From a frame's capture to the start of the motion decided on it.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private const int Attempts = 60;

    private readonly Skill _skill;
    private readonly Stage _stage;
    private readonly Lazy<Sight> _sight;

    /// <summary>Builds the lab and resets it into the skill's starting state.</summary>
    /// <param name="situation">What is tried, and where.</param>
    /// <param name="imageHeight">Of the head camera, pixels.</param>
    /// <param name="imageWidth">Of the head camera, pixels.</param>
    /// <exception cref="Rt1Exception">The skill or the scene does not exist, or the objects do not fit.</exception>
    /// <exception cref="SimulationDivergedException">The physics blew up while things settled; the trial counts as failed.</exception>
    public Trial(Situation situation, int imageHeight, int imageWidth)
    {
        Situation = situation;
        _skill = SkillCatalogue.Find(situation.Task.Skill);
        Lab = new Lab(situation.Scene, imageHeight, imageWidth);
        try
        {
            _stage = Prepare();
        }
        catch
        {
            Lab.Dispose();
            throw;
        }
        _sight = new Lazy<Sight>(() => new Sight(Lab.World, imageHeight, imageWidth));
    }

    public Situation Situation { get; }

    public Lab Lab { get; }

    public SkillTask Task => Situation.Task;

    /// <summary>Decisions after which the trial has failed.</summary>
    public int StepLimit => _skill.StepLimit;

    /// <summary>Whether the world is as the instruction asks; an episode succeeds when it is so at its end.</summary>
    public bool Succeeded => _skill.Judge(_stage);

    /// <summary>
    /// What the expert does now, at capture time. It aims from where the motion under way ends, within <see cref="ExpertLimits"/>.
    /// </summary>
    public RobotAction ExpertAction() => _skill.Act(_stage);

    /// <summary>What the simulator knows of the present picture.</summary>
    public GroundTruth Truth()
    {
        var (target, reference) = (_skill.Target(_stage), _skill.Reference(_stage));
        var grip = Lab.World.Data.Pose(MjObject.Site, Lab.World.Model.Id(MjObject.Site, "grip")).Position;
        var seen = _sight.Value.Look();
        var (targetPoint, targetVisible) = seen.Find(target);
        var (referencePoint, referenceVisible) = reference is null ? (new Vector2(0.5f, 0.5f), false) : seen.Find(reference);
        var (gripperPoint, inside) = seen.Find(new Landmark(null, grip));
        return new GroundTruth
        {
            TargetPoint = targetPoint,
            TargetVisible = targetVisible,
            ReferencePoint = referencePoint,
            ReferenceVisible = referenceVisible,
            GripperPoint = gripperPoint,
            GripperVisible = inside && (seen.Shows("finger_left") || seen.Shows("finger_right")),
            ObjectPoses = [.. Lab.World.Scene.Objects.Select(Lab.World.PoseOf)],
        };
    }

    /// <summary>Whether the robot has the target in its grip, or has moved it.</summary>
    internal bool HasBegun => _skill.HasBegun(_stage);

    /// <summary>How many pixels of a coarse picture show the target.</summary>
    internal int TargetPixels() =>
        _skill.Target(_stage).Body is { } body ? _sight.Value.Look().Pixels.GetValueOrDefault(body) : 0;

    /// <summary>Carries out an action that was decided now, up to the next decision.</summary>
    /// <exception cref="SimulationDivergedException">The physics blew up; the trial has failed.</exception>
    public void Step(RobotAction action)
    {
        var decidedAt = Lab.Time;
        Lab.Robot.Move(action, decidedAt + Latency, Period);
        Lab.AdvanceTo(decidedAt + Period);
    }

    public void Dispose()
    {
        if (_sight.IsValueCreated)
            _sight.Value.Dispose();
        Lab.Dispose();
    }

    /// <summary>Starting states are drawn until one suits the skill.</summary>
    private Stage Prepare()
    {
        var random = new Random(Situation.Seed);
        for (var attempt = 1; ; attempt++)
        {
            Lab.Reset(random.Next(), _skill.Start(Lab.World, Task, random), _skill.Surface);
            var stage = new Stage(Lab, Task, _skill.Surface);
            _skill.Arrange(stage, random);
            if (Situation.Occlusion && _skill.HasObjects)
                Occlusion.Arrange(stage, random);
            if (attempt == Attempts || _skill.IsReady(stage))
            {
                stage.NoteStart();
                Lab.World.StartClock();
                return stage;
            }
        }
    }
}
