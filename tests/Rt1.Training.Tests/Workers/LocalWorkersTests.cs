using System.Diagnostics;
using Rt1.Core;

namespace Rt1.Training.Tests;

/// <summary>Workers that are shell scripts.</summary>
public class LocalWorkersTests
{
    [Fact]
    public void Run_AllSucceed_RelaysWhatTheyPrint()
    {
        var output = Run("echo \"$RANK of $WORLD_SIZE, $OMP_NUM_THREADS threads\" >&2");

        Assert.Equal(["0 of 2, 1 threads", "[worker 1] 1 of 2, 1 threads"], output.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_WorkerKilled_EndsAllWithOneMessage()
    {
        var watch = Stopwatch.StartNew();

        var fault = Fault("[ $RANK = 1 ] && kill -9 $$; exec sleep 60");

        Assert.StartsWith("worker 1 of 2 was ended by signal 9;", fault);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Run_WorkerFails_GivesItsFault() =>
        Assert.Equal("worker 1 of 2: the disk is full", Fault("[ $RANK = 1 ] && { echo 'rt1: the disk is full' >&2; exit 1; }; exec sleep 60"));

    [Fact]
    public void Run_OthersNoticeFirst_BlamesTheOneThatFailed() =>
        Assert.Equal("worker 1 of 2: out of memory",
            Fault("[ $RANK = 0 ] && { echo 'rt1: worker 0 of 2: another worker was lost' >&2; exit 3; }; sleep 0.3; echo 'rt1: out of memory' >&2; exit 1"));

    [Fact]
    public void Run_AllLostEachOther_SaysSoOnce() =>
        Assert.Matches("^worker [01] of 2: another worker was lost$", Fault("echo \"rt1: worker $RANK of 2: another worker was lost\" >&2; exit 3"));

    [Fact]
    public async Task Run_Stopped_AsksAllAndWaits()
    {
        using var stop = new CancellationTokenSource();
        using var ready = new CountdownEvent(2);
        var output = new Lines(line => { if (line.EndsWith("ready")) ready.Signal(); });
        var run = Task.Run(() => LocalWorkers.Run(
            Shell("trap 'echo saved >&2; exit 0' TERM; echo ready >&2; while true; do sleep 0.05; done"), 2, 1, output, stop.Token));

        Assert.True(ready.Wait(TimeSpan.FromSeconds(20)));
        stop.Cancel();

        await run.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["[worker 1] saved", "saved"], output.Seen.Where(line => line.EndsWith("saved")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_NoSuchProgram_SaysSo() =>
        Assert.Contains("'/no/such/program' does not start",
            Assert.Throws<Rt1Exception>(() => LocalWorkers.Run(["/no/such/program"], 2, 1, TextWriter.Null, default)).Message);

    private static List<string> Run(string script)
    {
        var output = new Lines(_ => { });
        LocalWorkers.Run(Shell(script), 2, 1, output, CancellationToken.None);
        return output.Seen;
    }

    private static string Fault(string script) => Assert.Throws<Rt1Exception>(() => Run(script)).Message;

    private static string[] Shell(string script) => ["/bin/sh", "-c", script];

    private sealed class Lines(Action<string> seen) : StringWriter
    {
        public List<string> Seen { get; } = [];

        public override void WriteLine(string? value)
        {
            Seen.Add(value!);
            seen(value!);
        }
    }
}
