using OpenCvSharp;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Cli.Tests.Run;

public sealed class RunTests : IDisposable
{
    private const int Steps = 6;
    private readonly MiniRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void Run_SimulatedRobot_SummaryRecordingAndReplay()
    {
        using var robot = new SimulatedRobotProcess();

        var run = _runtime.Run(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", $"{Steps}", "--json").Succeeded();

        Assert.Contains("random weights", run.Errors[0]);
        var summary = run.Json;
        Assert.Equal(MiniRuntime.Instruction, summary.GetProperty("instruction").GetString());
        Assert.Equal(Steps, summary.GetProperty("steps").GetInt32());
        Assert.InRange(summary.GetProperty("commands_sent").GetInt32(), 1, Steps);
        Assert.Equal(summary.GetProperty("commands_sent").GetInt32(), summary.GetProperty("commands_acknowledged").GetInt32());
        Assert.Equal(0, summary.GetProperty("modes").GetProperty("unknown").GetInt32());
        Assert.True(summary.GetProperty("latency").GetProperty("p50").GetDouble() > 0);
        Assert.True(summary.TryGetProperty("missed_deadlines", out _));

        var episodes = _runtime.Recordings;
        Assert.Equal(summary.GetProperty("episodes").GetInt32(), episodes.Count);
        Assert.Equal(Steps, episodes.Sum(episode => episode.Steps.Count));
        Assert.All(episodes, episode => Assert.Empty(episode.Warnings));
        Assert.All(episodes.SelectMany(episode => episode.Steps).Where(step => step.Status == StepStatus.Ok),
            step => Assert.Equal((MiniRuntime.ImageSize, MiniRuntime.ImageSize), (step.ReadFrame()!.Height, step.ReadFrame()!.Width)));

        AssertReplays(episodes[0]);

        robot.Process.Signal(Rt1Process.Terminate);
        Assert.Equal(0, robot.Process.WaitForExit().ExitCode);
    }

    [Fact]
    public void SimServe_Interrupted_EndsCleanly()
    {
        using var robot = new SimulatedRobotProcess();

        robot.Process.Signal(Rt1Process.Interrupt);

        var end = robot.Process.WaitForExit();
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("Robot stopped.", end.Errors);
    }

    [Fact]
    public void Run_ImageFolderAsCamera_EndsWithTheImages()
    {
        using var robot = new RecordingRobot();
        Directory.CreateDirectory(_runtime["images"]);
        using var image = new Mat(MiniRuntime.ImageSize, MiniRuntime.ImageSize, MatType.CV_8UC3, new Scalar(30, 60, 90));
        for (var i = 0; i < 3; i++)
            Assert.True(Cv2.ImWrite(Path.Combine(_runtime["images"], $"{i}.png"), image));

        var run = _runtime.Run(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--set", $"camera.source={_runtime["images"]}", "--json").Succeeded();

        Assert.Equal(3, run.Json.GetProperty("steps").GetInt32());
        Assert.Equal("source_ended", run.Json.GetProperty("outcome").GetString());
    }

    private void AssertReplays(RecordedEpisode episode)
    {
        var video = _runtime["episode.mp4"];

        Rt1Process.Run("replay", episode.Folder, "--out", video).Succeeded();

        using var capture = new VideoCapture(video);
        Assert.True(capture.IsOpened());
        using var picture = new Mat();
        var count = 0;
        while (capture.Read(picture))
            count++;
        Assert.Equal(episode.Steps.Count, count);
    }
}
