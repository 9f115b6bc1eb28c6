using Rt1.Testing;
using Rt1.Training;

namespace Rt1.Cli.Tests.Train;

/// <summary>The real program, one worker.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainTests() => SmallRun.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_KilledAndResumed_IsBitIdenticalToARunNeverStopped()
    {
        string[] longer = ["--set", "schedule.steps=150", "--set", "saving.every_steps=10", "--set", "optimizer.ema_decay=0.9"];
        Rt1Process.Run([.. Command("whole"), .. longer]).Succeeded();

        using (var process = Rt1Process.Start([.. Command("killed"), .. longer]))
        {
            Wait.Until(() => Checkpoints("killed").Any(), TimeSpan.FromSeconds(60), "the first checkpoint");
            process.Signal(Rt1Process.Kill);
            process.WaitForExit();
        }
        Assert.DoesNotContain(Checkpoints("killed"), folder => folder.EndsWith("150", StringComparison.Ordinal));
        var end = Rt1Process.Run("train", "--resume", "--out", _folder["killed"], "--set", "loader.threads=2").Succeeded();

        Assert.Contains(end.Errors, line => line.StartsWith("resumed at step", StringComparison.Ordinal));
        foreach (var file in new[] { TrainingState.TensorFile, "model.safetensors" })
            Assert.Equal(Read("whole", file), Read("killed", file));
        Assert.Equal(Losses("whole"), Losses("killed"));
    }

    [Fact]
    public void Train_WhatCannotRun_IsOneLineAtOnce()
    {
        Assert.Contains("--config is missing", Rt1Process.Run("train").Fault());
        Assert.Contains("batch_sise", Rt1Process.Run([.. Command("a"), "--set", "batch_sise=3"]).Fault());
        Assert.Contains("absent", Rt1Process.Run([.. Command("b"), "--set", $"data.datasets.synthetic.dataset.path={_folder["absent"]}"]).Fault());
        Assert.Contains("holds no run", Rt1Process.Run("train", "--resume", "--config", _folder["run.yaml"], "--out", _folder["c"]).Fault());
        Assert.Contains("no instruction", Rt1Process.Run([.. Command("d"), "--set", "data.datasets.synthetic.dataset.instruction=null"]).Fault());
    }

    private string[] Command(string run) => ["train", "--config", _folder["run.yaml"], "--out", _folder[run]];

    private IEnumerable<string> Checkpoints(string run) => Directory.Exists(_folder[run, "checkpoints"])
        ? Directory.EnumerateDirectories(_folder[run, "checkpoints"], "step-*").Where(folder => !Path.GetFileName(folder).Contains('.')).Order(StringComparer.Ordinal)
        : [];

    private byte[] Read(string run, string file) => File.ReadAllBytes(Path.Combine(Checkpoints(run).Last(), file));

    private IEnumerable<(long, double)> Losses(string run)
    {
        var loss = RunHistory.Read(_folder[run]).Metrics.Single(metric => metric.Name == MetricNames.Loss);
        return loss.Steps.Zip(loss.Values);
    }
}
