using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using Rt1.Model.Inference;
using Rt1.Testing;

namespace Rt1.Training.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainerTests() => _data = Toy.Dataset(_folder);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_StoppedAnywhere_IsBitIdenticalToARunNeverStopped(int threads)
    {
        var config = Toy.Config(_data, 9);
        var (whole, parts) = (new MetricList(), new MetricList());
        Run(config, "whole", whole);

        config = config with { Loader = new LoaderConfig { Threads = threads, CacheMegabytes = 1 } };
        Run(config, "parts", parts, stopAfter: 2);
        Run(config, "parts", parts, resume: true, stopAfter: 7);
        Run(config, "parts", parts, resume: true);

        Assert.Equal(Bytes("whole", TrainingState.TensorFile), Bytes("parts", TrainingState.TensorFile));
        Assert.Equal(Bytes("whole", PolicyCheckpoint.WeightsFile), Bytes("parts", PolicyCheckpoint.WeightsFile));
        Assert.Equal(State("whole").Data.ToJson(), State("parts").Data.ToJson());
        foreach (var name in new[] { MetricNames.Loss, MetricNames.GradientNorm, MetricNames.TranslationError, MetricNames.Accuracy })
            Assert.Equal(whole.Of(name), parts.Of(name));
    }

    [Fact]
    public void Run_Toy_LearnsWhereTheBlockIs()
    {
        var metrics = new MetricList();
        Run(Toy.Config(_data, 60) with { Log = new LogConfig { EverySteps = 10, ImagesEverySteps = 60 }, Saving = new SavingConfig { EverySteps = 100 } }, "run", metrics);

        Assert.True(metrics.Of(MetricNames.Loss).Last() < 0.7 * metrics.Of(MetricNames.Loss).First(), string.Join(", ", metrics.Of(MetricNames.Loss)));
        Assert.True(metrics.Of(MetricNames.AttentionLoss).Last() < metrics.Of(MetricNames.AttentionLoss).First(), string.Join(", ", metrics.Of(MetricNames.AttentionLoss)));
        Assert.True(metrics.Of(MetricNames.AccuracyOf("gripper_closedness_action")).Last() > 0.9);
        Assert.All(metrics.Of(MetricNames.TranslationError), mm => Assert.InRange(mm, 0, 100));
        Assert.All(metrics.Of(MetricNames.LoaderShare), share => Assert.InRange(share, 0, 1));
        var picture = Assert.Single(metrics.Images);
        Assert.Equal((3 * ToyEpisodes.Size, 4 * ToyEpisodes.Size), (picture.Height, picture.Width));
    }

    [Fact]
    public void Policy_AfterARun_IsLoadedLikeAnyOther()
    {
        Run(Toy.Config(_data, 4) with { Decode = new DecodeConfig { Motion = MotionDecoding.Mean } }, "run", new MetricList());

        using var policy = Rt1Policy.Load(new RunFolder(_folder["run"]).Policy);
        policy.Begin("Pick the green block.");
        var decision = policy.Decide(new Observation { Image = new Frame { Height = ToyEpisodes.Size, Width = ToyEpisodes.Size, Pixels = new byte[ToyEpisodes.Size * ToyEpisodes.Size * 3] } });

        Assert.Equal(11, decision.Tokens.Count);
        Assert.Contains("trained by rt1 train, toy", policy.Description);
        Assert.Contains("motion: mean", File.ReadAllText(_folder["run", "policy", PolicyCheckpoint.ConfigFile]));
        Assert.Equal("pick green block", Assert.Throws<UnknownInstructionException>(() => policy.Begin("pick geen block")).Nearest[0]);
    }

    [Fact]
    public void Resume_NewestCheckpointDamaged_TakesTheOneBefore()
    {
        Run(Toy.Config(_data, 8), "run", new MetricList());
        var run = new RunFolder(_folder["run"]);
        File.AppendAllText(Path.Combine(run.Checkpoint(8), TrainingState.TensorFile), "x");
        Directory.CreateDirectory($"{run.Checkpoint(9)}.unfinished-1");
        var said = new List<string>();

        var newest = run.NewestValid(said.Add);

        Assert.Equal(run.Checkpoint(4), newest);
        Assert.Contains("step-000000008", Assert.Single(said));
        Assert.False(Directory.Exists($"{run.Checkpoint(9)}.unfinished-1"));
    }

    [Fact]
    public void Run_DiskRefuses_SaysUpToWhereTheRunIsWhole()
    {
        var config = Toy.Config(_data, 8);
        var run = new RunFolder(_folder["run"]);
        using var trainer = Trainer.Start(config, run, new TrainingServices
        {
            AfterStep = step =>
            {
                // A file in the place of the checkpoint's folder: it cannot be moved there.
                if (step == 7)
                    File.WriteAllText(run.Checkpoint(8), "");
            },
        });

        var e = Assert.Throws<Rt1Exception>(() => trainer.Run(default));

        Assert.Contains("whole up to step 4", e.Message);
        Assert.Contains("--resume", e.Message);
        Assert.Equal(run.Checkpoint(4), run.NewestValid(_ => { }));
    }

    [Fact]
    public void Save_KeepLast_RemovesOlderOnesAndKeepsTheBest()
    {
        Run(Toy.Config(_data, 10) with { Saving = new SavingConfig { EverySteps = 2, KeepLast = 3 } }, "run", new MetricList());

        Assert.Equal(["step-000000006", "step-000000008", "step-000000010"], Directory.EnumerateDirectories(_folder["run", "checkpoints"]).Select(Path.GetFileName).Order());
        PolicyCheckpoint.Verify(new RunFolder(_folder["run"]).Best);
    }

    [Fact]
    public void Evaluation_InTheLoop_IsLoggedAndChoosesTheBest()
    {
        var metrics = new MetricList();
        var evaluation = new ScriptedEvaluation(new() { [2] = 0.2, [4] = 0.9, [6] = 0.5 });
        var config = Toy.Config(_data, 6) with { Evaluation = new EvaluationConfig { EverySteps = 2 } };

        Run(config, "run", metrics, evaluation: evaluation);

        Assert.Equal([0.2, 0.9, 0.5], metrics.Of(MetricNames.Success));
        Assert.Equal(4, Config.Load<PolicyConfig>(_folder["run", "best", PolicyCheckpoint.ConfigFile]).Provenance.Steps);
        Assert.Equal(0.9, State("run").Best);
    }

    [Fact]
    public void Start_WhatCannotRun_IsRefusedAtOnce()
    {
        var config = Toy.Config(_data, 4);
        Run(config, "run", new MetricList());

        Assert.Contains("--resume", Refusal(config, "run"));
        Assert.Contains("multiple of 3", Refusal(config with { Accumulation = 3, BatchSize = 4 }, "parts"));
        Assert.Contains("absent", Refusal(Toy.Config(_folder["absent"], 4), "absent-data"));
        Assert.Contains("bank", Refusal(config with { Instruction = new() }, "no-bank"));
        Assert.Contains("CUDA", Refusal(config with { Compute = new ComputeConfig { Device = "cuda:63" } }, "no-gpu"));
    }

    [Fact]
    public void Start_InitFrom_ListsWhatIsTakenOverAndWhatNot()
    {
        Run(Toy.Config(_data, 2), "run", new MetricList());
        var policy = Toy.Policy with { Network = Toy.Policy.Network with { Transformer = Toy.Policy.Network.Transformer with { FinalNorm = false, FeedForwardSize = 32 } } };
        var config = Toy.Config(_data, 2) with { Policy = policy, Start = new StartConfig { InitFrom = new FilePath(_folder["run", "policy"]) } };
        var said = new List<string>();

        using var trainer = Trainer.Start(config, new RunFolder(_folder["second"]), new TrainingServices { Say = said.Add });

        Assert.Contains(said, line => line.Contains("tensors from"));
        Assert.Contains(said, line => line.StartsWith("start: random: transformer.layers.0.hidden.weight 32×32, there it is 64×32", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("start: left out: transformer.norm.weight", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private void Run(TrainingConfig config, string name, MetricList metrics, bool resume = false, long stopAfter = long.MaxValue, IPolicyEvaluation? evaluation = null)
    {
        using var stop = new CancellationTokenSource();
        var services = new TrainingServices { OpenMetrics = _ => metrics, Evaluation = evaluation, AfterStep = step => { if (step >= stopAfter) stop.Cancel(); } };
        var run = new RunFolder(_folder[name]);
        using var trainer = resume ? Trainer.Resume(config, run, services) : Trainer.Start(config, run, services);
        var outcome = trainer.Run(stop.Token);
        Assert.Equal(stopAfter > config.Schedule.Steps, outcome.IsFinished);
    }

    private string Refusal(TrainingConfig config, string name) => Assert.ThrowsAny<Rt1Exception>(() =>
    {
        using var trainer = Trainer.Start(config, new RunFolder(_folder[name]), new TrainingServices());
        trainer.Run(default);
    }).Message;

    private byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(Newest(run), file));

    private TrainingState State(string run) => TrainingState.Read(Newest(run));

    private string Newest(string run) => new RunFolder(_folder[run]).NewestValid(_ => { });

    private sealed class ScriptedEvaluation(Dictionary<long, double> success) : IPolicyEvaluation
    {
        public IReadOnlyDictionary<string, double> Evaluate(string checkpoint, long step, CancellationToken cancellation)
        {
            PolicyCheckpoint.Verify(checkpoint);
            return new Dictionary<string, double> { [MetricNames.Success] = success[step] };
        }
    }
}
