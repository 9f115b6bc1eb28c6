using Rt1.Core;

namespace Rt1.Cli.Tests.Run;

/// <summary>However <c>rt1 run</c> ends, the robot stops.</summary>
public sealed class StopTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>For thread switches on a busy machine.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MiniRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void Run_KilledWhileMoving_RobotStopsWithinItsTimeToLive()
    {
        using var robot = new RecordingRobot();
        using var run = _runtime.Start(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", "10000");
        Wait.Until(() => robot.Moves.Count >= 4, Patience, "a few commands");

        run.Signal(Rt1Process.Kill);
        run.WaitForExit();
        var killed = RecordingRobot.Now;

        var last = robot.Moves[^1];
        Wait.Until(() => robot.Stops.Any(stop => stop.At > last), Patience, "a stop");
        var stop = robot.Stops.First(stop => stop.At > last);
        output.WriteLine($"stopped {(stop.At - last).TotalMilliseconds:0} ms after the last command, time to live {MiniRuntime.TimeToLive.TotalMilliseconds:0} ms: {stop.Reason}");
        Assert.Contains("time to live", stop.Reason);
        Assert.InRange(stop.At - last, TimeSpan.Zero, MiniRuntime.TimeToLive + Margin);
        Assert.DoesNotContain(robot.Moves, move => move > killed);
        AssertRecordingIsReadable();
    }

    [Fact]
    public void Run_KilledWhileMovingTheSimulatedRobot_ItSaysThatItStopped()
    {
        using var robot = new SimulatedRobotProcess();
        using var run = _runtime.Start(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", "10000");
        run.WaitForError(line => line.StartsWith("step ", StringComparison.Ordinal) && (line.Contains("  arm ") || line.Contains("  base ")), "a motion");
        var before = robot.Process.Errors.Count;

        run.Signal(Rt1Process.Kill);

        robot.Process.WaitForError(line => line.Contains("time to live"), "the robot's stop", before);
    }

    [Theory]
    [InlineData(Rt1Process.Interrupt)]
    [InlineData(Rt1Process.Terminate)]
    public void Run_Interrupted_StopsTheRobotAndReports(int signal)
    {
        using var robot = new RecordingRobot();
        using var run = _runtime.Start(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", "10000", "--json");
        Wait.Until(() => robot.Moves.Count >= 2, Patience, "a few commands");

        run.Signal(signal);
        var signalled = RecordingRobot.Now;
        var end = run.WaitForExit().Succeeded();

        Assert.Contains(robot.Stops, stop => stop.At > signalled && stop.Reason.Contains("operator"));
        Assert.DoesNotContain(robot.Stops, stop => stop.At > signalled && stop.Reason.Contains("time to live"));
        Assert.Equal("interrupted", end.Json.GetProperty("outcome").GetString());
        var episode = _runtime.Recordings[^1];
        Assert.Equal(EpisodeOutcome.Interrupted, episode.End!.Outcome);
        Assert.Empty(episode.Warnings);
    }

    [Fact]
    public void Run_RobotGone_EndsWithOneLine()
    {
        using var robot = new SimulatedRobotProcess();
        using var run = _runtime.Start(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", "10000", "--set", "control.max_consecutive_faults=3");
        run.WaitForError(line => line.StartsWith("step ", StringComparison.Ordinal), "a step");

        robot.Process.Signal(Rt1Process.Kill);

        var end = run.WaitForExit();
        Assert.Equal(1, end.ExitCode);
        output.WriteLine(string.Join('\n', end.Errors.TakeLast(3)));
    }

    /// <summary>A killed recorder leaves complete steps and says that the end is missing.</summary>
    private void AssertRecordingIsReadable()
    {
        var episode = _runtime.Recordings[^1];
        Assert.Null(episode.End);
        Assert.NotEmpty(episode.Warnings);
        Assert.All(episode.Steps, step => step.Read());
    }
}
