using Rt1.Core;
using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Cli.Tests.Teleop;

public sealed class TeleopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Teleop_KeysFromAPipe_DriveTheRobotAndAreRecorded()
    {
        using var robot = new SimulatedRobotProcess("--lockstep");
        var end = Drive(robot, "wwr tbwwx");
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("2 episodes, 10 steps.", end.Errors[^1]);
        Assert.Contains(robot.Process.Errors, line => line.Contains("the operator pressed X"));

        var episodes = Directory.GetDirectories(_folder.Path).Select(RecordedEpisode.Open).OrderBy(e => e.Header.StartedAt).ToList();
        Assert.All(episodes, episode => Assert.Equal("teleoperation", episode.Header.Instruction));
        var (arm, driven) = (episodes[0], episodes[1]);
        Assert.Equal(EpisodeOutcome.Terminated, arm.End!.Outcome);
        Assert.Equal(EpisodeOutcome.Interrupted, driven.End!.Outcome);
        Assert.Equal([0.04f, 0.04f, 0f, 0f, 0f], arm.Steps.Select(step => step.Decision!.Action.WorldVector.X));
        Assert.Equal(1, arm.Steps[3].Decision!.Action.GripperClosednessAction);

        var hand = arm.Steps.Select(step => step.State!.EndEffectorPosition).ToList();
        Assert.Equal(0.08, hand[^1].X - hand[0].X, 0.006);
        Assert.Equal(0.04, hand[^1].Z - hand[0].Z, 0.006);
        Assert.True(arm.Steps[^1].State!.GripperClosedness > 0.5);
        Assert.InRange(driven.Steps[^1].State!.BasePose.X, 0.14f, 0.23f); // stopped in the middle of the second motion
    }

    [Fact]
    public void Teleop_Escape_EndsWithoutTheKeysAfterIt()
    {
        using var robot = new SimulatedRobotProcess("--lockstep");
        var end = Drive(robot, "w\u001bwww");
        Assert.Contains("1 episodes, 1 steps.", end.Errors[^1]);
    }

    [Fact]
    public void Teleop_InterruptedWhileKeysWait_StopsTheRobot()
    {
        using var robot = new RecordingRobot();
        using var teleop = Start(robot.Endpoint);
        teleop.Type(new string('w', 200));
        Wait.Until(() => robot.Moves.Count >= 2, TimeSpan.FromSeconds(60), "a few commands");

        teleop.Signal(Rt1Process.Interrupt);

        Assert.Equal(0, teleop.WaitForExit().ExitCode);
        Assert.Contains(robot.Stops, stop => stop.Reason.Contains("operator"));
    }

    public void Dispose() => _folder.Dispose();

    private Outcome Drive(SimulatedRobotProcess robot, string keys)
    {
        using var teleop = Start(robot.Endpoint);
        teleop.Type(keys);
        teleop.EndInput();
        return teleop.WaitForExit();
    }

    private Rt1Process Start(string endpoint) => Rt1Process.Start("teleop", "--robot", Repository.File("configs", "robots", "simulated.yaml"),
        "--out", _folder.Path, "--rate", "4", "--set", $"endpoint={endpoint}", "--set", "link.reply_timeout_ms=5000", "--set", "link.max_frame_age_ms=2000");
}
