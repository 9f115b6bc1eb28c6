using Rt1.Core;
using Rt1.Testing;
using Rt1.Vision;

namespace Rt1.Cli.Tests.Sim;

public sealed class LockstepRunTests : IDisposable
{
    private const int Steps = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly MiniRuntime _runtime = new();

    /// <summary>At 4 Hz with half a second of latency, in a process that decides as slowly as it likes: no step is ever late.</summary>
    [Fact]
    public void Run_RobotInLockstep_NoStepIsLateAndTheVideoShowsAll()
    {
        string[] arguments = ["--instruction", MiniRuntime.Instruction, "--steps", $"{Steps}", "--json", "--set", "control.latency_ms=100"];
        Outcome run;
        using (var robot = new SimulatedRobotProcess("--lockstep", "--view", _folder["view.mp4"]))
        {
            run = _runtime.Run(robot.Endpoint, arguments).Succeeded();
            robot.Process.Signal(Rt1Process.Terminate);
            Assert.Equal(0, robot.Process.WaitForExit().ExitCode);
            Assert.Contains(robot.Process.Errors, line => line.Contains("in lockstep"));
        }

        Assert.Equal(0, run.Json.GetProperty("missed_deadlines").GetInt32());
        var steps = _runtime.Recordings.SelectMany(episode => episode.Steps).ToList();
        Assert.Equal(Steps, steps.Count);
        Assert.DoesNotContain(steps, step => step.Status is StepStatus.Overrun or StepStatus.StaleObservation);
        var video = FrameSources.Open(_folder["view.mp4"], new FrameSourceOptions(), TimeProvider.System);
        var shown = 0;
        while (video.Next(TimeSpan.Zero, TimeSpan.FromSeconds(1)) is not null)
            shown++;
        Assert.InRange(shown, 1, Steps + 2);
    }

    [Fact]
    public async Task Serve_ViewOverHttp_StreamsJpegs()
    {
        using var robot = new SimulatedRobotProcess("--view", "http://127.0.0.1:0");
        var line = robot.Process.WaitForError(l => l.StartsWith("Live view: ", StringComparison.Ordinal), "the view's address");
        using var client = new HttpClient();
        using var response = await client.GetAsync(line.Split(' ')[^1], HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("multipart/x-mixed-replace", response.Content.Headers.ContentType!.MediaType);
        using var stream = await response.Content.ReadAsStreamAsync();

        for (var i = 0; i < 2; i++)
        {
            var length = 0;
            for (var header = await ReadLine(stream); header.Length > 0; header = await ReadLine(stream))
                length = header.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(header[16..]) : length;
            var jpeg = new byte[length];
            await stream.ReadExactlyAsync(jpeg);
            Assert.Empty(await ReadLine(stream));
            Assert.True(ImageCodec.Decode(jpeg, "view").Width >= 640);
        }
    }

    [Theory]
    [InlineData("http://192.0.2.1:80", "this machine only")]
    [InlineData("view.png", "must end in .mp4 or .avi")]
    public void Serve_ViewThatCannotBe_EndsWithOneLine(string view, string expected) => Assert.Contains(expected, Rt1Process.Run(
        "sim", "serve", "--config", Repository.File("configs", "robots", "simulated.yaml"), "--set", "endpoint=tcp://127.0.0.1:0", "--view", view).Fault());

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    private static async Task<string> ReadLine(Stream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next) == 1 && next[0] != '\n')
            line.Add(next[0]);
        return System.Text.Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
    }
}
