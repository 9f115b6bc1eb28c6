using Microsoft.Extensions.Time.Testing;
using Rt1.Cli.Train;
using Rt1.Training;
using Spectre.Console;

namespace Rt1.Cli.Tests.Train;

public sealed class RunProgressTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Scalar_NoTerminal_OneLineForEachLogInterval()
    {
        using var progress = Create(steps: 1000, limit: null);
        Log(progress, 100, 0.5);
        _time.Advance(TimeSpan.FromSeconds(10));
        Log(progress, 200, 0.25);

        Assert.Equal(
            "step     100 of 1000  loss   0.5000   120.0 images/s\nstep     200 of 1000  loss   0.2500   120.0 images/s  0:01:20 left\n", _output.ToString());
    }

    [Fact]
    public void Scalar_TimeEndsTheRun_TimeLeftFollowsTheClock()
    {
        using var progress = Create(steps: null, limit: TimeSpan.FromMinutes(90));
        _time.Advance(TimeSpan.FromMinutes(15));
        Log(progress, 100, 0.5);

        Assert.EndsWith("  1:15:00 left\n", _output.ToString());
    }

    [Fact]
    public void Scalar_Success_IsALineOfItsOwn()
    {
        using var progress = Create(steps: 1000, limit: null);
        progress.Scalar(500, MetricNames.Success, 0.875);

        Assert.Equal("step 500: success 87.5%\n", _output.ToString());
    }

    private RunProgress Create(long? steps, TimeSpan? limit)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 200;
        return new RunProgress(console, steps, limit, _time);
    }

    private static void Log(RunProgress progress, long step, double loss)
    {
        progress.Scalar(step, MetricNames.Loss, loss);
        progress.Scalar(step, MetricNames.Accuracy, 0.1);
        progress.Scalar(step, MetricNames.ImagesPerSecond, 120);
    }
}
