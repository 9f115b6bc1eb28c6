using Rt1.Core;
using Rt1.Simulation;
using Rt1.Testing;
using Rt1.Vision;

namespace Rt1.Evaluation.Tests.Episodes;

public sealed class EpisodeRunnerTests
{
    private static readonly RobotAction Hold = new() { Mode = ControlMode.Arm };

    [Fact]
    public void Run_Expert_Succeeds()
    {
        var score = SuiteEvaluation.Run(Rig.Suite, Rig.Options, trial => new ExpertPolicy(trial), episodes: 3, seed: 1);

        Assert.Equal((3, 3), (score.Successes, score.Episodes));
        Assert.Equal(["pick"], score.PerSkill.Keys);
        Assert.InRange(score.MeanStepsOfSuccesses!.Value, 3, 40);
    }

    [Fact]
    public void Run_RandomActions_Fail()
    {
        var score = SuiteEvaluation.Run(Rig.Suite, Rig.Options, trial => new RandomPolicy(trial.Situation.Seed, new ActionLimits()), episodes: 3, seed: 1);

        Assert.Equal((0, 3), (score.Successes, score.Episodes));
        Assert.Equal(3, score.Failures.Values.Sum());
    }

    [Fact]
    public void Run_SameJob_GivesTheSameResult()
    {
        Assert.Equal(Play(), Play());

        static string Play() => EvaluationJson.Line(new EpisodeRunner(Rig.Options, trial => new RandomPolicy(trial.Situation.Seed, new ActionLimits())).Run(Rig.Job(2)));
    }

    [Fact]
    public void Run_AsAskedButNeverEnded_IsAFailure()
    {
        var result = Run(action => action.Mode == ControlMode.Terminate ? Hold : action);

        Assert.Equal(Verdict.NotEnded, result.Verdict);
        Assert.Equal(SkillCatalogue.Find("pick").StepLimit, result.Steps);
    }

    [Fact]
    public void Run_EndedAtOnce_WorldIsNotAsAsked()
    {
        var result = Run(_ => RobotAction.Terminate);

        Assert.Equal((Verdict.NotAsAsked, 1), (result.Verdict, result.Steps));
    }

    [Fact]
    public void Run_NeitherEndedNorAsAsked_SaysBoth() => Assert.Equal(Verdict.Neither, Run(_ => Hold).Verdict);

    [Fact]
    public void Run_ActionsBeyondTheLimits_AreCountedAsClamped()
    {
        var result = Run(_ => Hold with { WorldVector = new(0, 0, 0.5f) });

        Assert.Equal(result.Steps, result.ClampedSteps);
    }

    [Fact]
    public void Run_PolicyBreaks_IsAFaultWithItsReason()
    {
        var result = Run(_ => throw new Rt1Exception("the weights are broken."));

        Assert.Equal((Verdict.Fault, "the weights are broken."), (result.Verdict, result.Reason));
    }

    [Fact]
    public void Run_UnsafeAction_IsAFaultWithItsReason()
    {
        var result = Run(_ => Hold with { WorldVector = new(float.NaN, 0, 0) });

        Assert.Equal(Verdict.Fault, result.Verdict);
        Assert.Contains("must be finite", result.Reason);
    }

    [Fact]
    public void Run_UnknownSkill_Throws()
    {
        var job = Rig.Job(0);
        job = job with { Situation = job.Situation with { Task = job.Situation.Task with { Skill = "juggle" } } };

        Assert.Contains("juggle", Assert.Throws<Rt1Exception>(() => new EpisodeRunner(Rig.Options, trial => new ExpertPolicy(trial)).Run(job)).Message);
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        var runner = new EpisodeRunner(Rig.Options, trial => new ChangedExpert(trial, action =>
        {
            cancelled.Cancel();
            return action;
        }));

        Assert.ThrowsAny<OperationCanceledException>(() => runner.Run(Rig.Job(0), cancelled.Token));
    }

    [Fact]
    public void Run_WithVideo_HasAPictureForEachStepWithAttention()
    {
        using var folder = new TemporaryFolder();
        var steps = 0;
        var policies = new List<ChangedExpert>();
        var runner = new EpisodeRunner(Rig.Options, trial =>
        {
            policies.Add(new ChangedExpert(trial, _ => ++steps < 4 ? Hold : RobotAction.Terminate));
            return policies[^1];
        });

        var plain = runner.Run(Rig.Job(0));
        steps = 0;
        var result = runner.Run(Rig.Job(0) with { Video = folder["videos", "a.mp4"] });

        Assert.Equal(EvaluationJson.Line(plain), EvaluationJson.Line(result));
        Assert.Equal([false, true], policies.Select(policy => policy.GivesAttention));
        Assert.Equal(4, CountPictures(folder["videos", "a.mp4"]));
    }

    private static int CountPictures(string video)
    {
        // 30 pixels enlarged to 660; below them the panel and one attention map.
        using var source = FrameSources.Open(video, new FrameSourceOptions { Height = 1214, Width = 660 }, new LockstepClock());
        var pictures = 0;
        while (source.Next(TimeSpan.Zero, TimeSpan.Zero) is not null)
            pictures++;
        return pictures;
    }

    private static EpisodeResult Run(Func<RobotAction, RobotAction> change) =>
        new EpisodeRunner(Rig.Options, trial => new ChangedExpert(trial, change)).Run(Rig.Job(0));
}
