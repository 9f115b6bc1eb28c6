using System.Diagnostics;
using Rt1.Testing;
using Rt1.Training;

namespace Rt1.Cli.Tests.Train;

/// <summary>The real program with several workers, on a small network and made-up episodes.</summary>
public sealed class WorkersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WorkersTests() => SmallRun.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_TwoWorkers_OneLogOneCheckpointAndItsReport()
    {
        var end = Rt1Process.Run(Command("--workers", "2")).Succeeded();

        Assert.Equal([2, 4, 6], RunHistory.Read(_folder["out"]).Metrics.Single(metric => metric.Name == MetricNames.Loss).Steps);
        Assert.Contains(end.Errors, line => line.StartsWith("done: 6 steps", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder["out", "policy", "policy.yaml"]));

        var page = File.ReadAllText(Rt1Process.Run("report", _folder["out"]).Succeeded().Output.Trim());

        Assert.Contains("synthetic: weight 1; 6 episodes", page);
        Assert.Contains("batch_size: 4", page);
    }

    [Fact]
    public void Train_WorkerKilled_EndsAllWithOneMessageThatNamesIt()
    {
        using var process = Rt1Process.Start(Command("--workers", "2", "--set", "schedule.steps=1000000"));
        process.WaitForError(line => line.StartsWith("step", StringComparison.Ordinal), "the first log line");
        var workers = Children(process.Id);
        using var second = Process.GetProcessById(workers.Single(id => Environment(id).Contains("RANK=1")));
        second.Kill();

        var end = process.WaitForExit();

        Assert.Contains("worker 1 of 2 was ended by signal 9", end.Fault());
        Assert.All(workers, id => Assert.False(Directory.Exists($"/proc/{id}")));
    }

    [Fact]
    public void Train_Interrupted_AllWorkersFinishTheStepAndSave()
    {
        using var process = Rt1Process.Start(Command("--workers", "2", "--set", "schedule.steps=1000000"));
        process.WaitForError(line => line.StartsWith("step", StringComparison.Ordinal), "the first log line");
        process.Signal(Rt1Process.Interrupt);

        var end = process.WaitForExit().Succeeded();

        Assert.Contains(end.Errors, line => line.StartsWith("stopped after step", StringComparison.Ordinal) && line.Contains("--resume"));
        Assert.NotEmpty(Directory.EnumerateDirectories(_folder["out", "checkpoints"]));
    }

    [Fact]
    public void Train_ByTorchrun_JoinsItsWorkers()
    {
        const string Torchrun = "/usr/bin/torchrun";
        Assert.SkipUnless(File.Exists(Torchrun), "needs torchrun, of the Debian package python3-torch");
        // Debian's torchrun 1.13 fails on Python 3.11 unless it is told what to do with the output streams.
        var start = new ProcessStartInfo(Torchrun,
        [
            "--redirects", "1", "--tee", "1", "--log_dir", _folder["torchrun"], "--standalone", "--nproc_per_node", "2", "--no_python", Path.Combine(AppContext.BaseDirectory, "rt1"), .. Command(),
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(90)) && process.ExitCode == 0, errors);
        Assert.Contains("done: 6 steps", errors);
        Assert.Equal([2, 4, 6], RunHistory.Read(_folder["out"]).Metrics.Single(metric => metric.Name == MetricNames.Loss).Steps);
    }

    [Fact]
    public void Bench_TwoWorkers_SaysWhereTheTimeGoes()
    {
        var timings = Rt1Process.Run("bench", "train", "--config", _folder["run.yaml"], "--workers", "2", "--threads", "1", "--steps", "2", "--json").Succeeded().Json;

        Assert.Equal((2, 1, 4), (timings.GetProperty("workers").GetInt32(), timings.GetProperty("threads").GetInt32(), timings.GetProperty("batch").GetInt32()));
        var parts = new[] { "loader_ms", "prepare_ms", "forward_ms", "backward_ms", "exchange_ms", "optimizer_ms" }.Sum(name => timings.GetProperty(name).GetDouble());
        Assert.InRange(parts, 0.3 * timings.GetProperty("best_step_ms").GetDouble(), 3 * timings.GetProperty("step_ms").GetDouble());
        Assert.InRange(timings.GetProperty("gemm_share").GetDouble(), 1e-6, 1);
    }

    private string[] Command(params string[] more) => ["train", "--config", _folder["run.yaml"], "--out", _folder["out"], .. more];

    private static List<int> Children(int process) =>
        [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    private static string[] Environment(int process) => File.ReadAllText($"/proc/{process}/environ").Split('\0');
}
