using System.Text.Json;
using Rt1.Core;
using Rt1.Testing;
using Rt1.Vision;

namespace Rt1.Data.Tests;

public sealed class EpisodeRecorderTests : IDisposable
{
    private static readonly EpisodeEnd Terminated = new(EpisodeOutcome.Terminated, "the policy said so");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Record_ThenOpen_GivesEverythingBack()
    {
        var episode = RecordedEpisode.Open(TestEpisodes.Record(_folder.Path, 4, Terminated));
        Assert.Equal(TestEpisodes.Header, episode.Header);
        Assert.Equal(Terminated, episode.End);
        Assert.Empty(episode.Warnings);
        Assert.Equal(4, episode.Steps.Count);
        for (var i = 0; i < 4; i++)
        {
            var (expected, actual) = (TestEpisodes.Step(i), episode.Steps[i].Read());
            Assert.Equal((expected.Index, expected.Status, expected.Reason), (actual.Index, actual.Status, actual.Reason));
            Assert.Equal(expected.Decision!.Tokens, actual.Decision!.Tokens);
            Assert.Equal(expected.Decision.Action, actual.Decision.Action);
            Assert.Equal((expected.Command, expected.Reply, expected.Applied), (actual.Command, actual.Reply, actual.Applied));
            Assert.Equal((expected.Timing, expected.Skipped), (actual.Timing, actual.Skipped));
            Assert.Equivalent(expected.Observation!.State, actual.Observation!.State, strict: true);
            var (seen, read) = (expected.Observation.Image, actual.Observation.Image);
            Assert.Equal((seen.Height, seen.Width, seen.CapturedAt, seen.Sequence), (read.Height, read.Width, read.CapturedAt, read.Sequence));
            Assert.Equivalent(seen.State, read.State, strict: true);
            Assert.InRange(read.Pixels[0] - seen.Pixels[0], -5, 5);
        }
    }

    [Fact]
    public void Record_Files_UseTheNamesOfRt1()
    {
        var folder = TestEpisodes.Record(_folder.Path, 2, Terminated, "control:\n  rate_hz: 3\n");
        Assert.Equal("20240517T083001Z-pick-up-the-red-can", Path.GetFileName(folder));
        Assert.Equal("control:\n  rate_hz: 3\n", File.ReadAllText(Path.Combine(folder, "config.yaml")));

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        Assert.Equal("rt1-episode", manifest.RootElement.GetProperty("format").GetString());
        Assert.Equal(1, manifest.RootElement.GetProperty("version").GetInt32());
        Assert.Equal("Pick up the red can!", manifest.RootElement.GetProperty("instruction").GetString());
        Assert.Equal(64, manifest.RootElement.GetProperty("robot").GetProperty("image_width").GetInt32());
        Assert.Equal(100_000, manifest.RootElement.GetProperty("latency_us").GetInt32());

        var lines = File.ReadAllLines(Path.Combine(folder, "steps.jsonl"));
        Assert.Equal(2, lines.Length);
        using var step = JsonDocument.Parse(lines[1]);
        Assert.Equal("clamped", step.RootElement.GetProperty("status").GetString());
        var action = step.RootElement.GetProperty("action");
        Assert.Equal("[0,1,0]", action.GetProperty("terminate_episode").GetRawText());
        Assert.Equal("[0.1,-0.3,0.33333334]", action.GetProperty("world_vector").GetRawText());
        Assert.Equal("[-1]", action.GetProperty("gripper_closedness_action").GetRawText());
        Assert.Equal("frames/000001.jpg", step.RootElement.GetProperty("frame").GetProperty("file").GetString());
        Assert.Equal(["000000.jpg", "000001.jpg"], Directory.GetFiles(Path.Combine(folder, "frames")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Record_FrameThatCameAsJpeg_StoresThoseBytes()
    {
        var jpeg = ImageCodec.EncodeJpeg(TestEpisodes.Image(3), quality: 40);
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = _folder.Path }, TimeProvider.System);
        recorder.Begin(TestEpisodes.Header);
        recorder.Record(TestEpisodes.Step(0) with { Observation = new Observation { Image = ImageCodec.Decode(jpeg, "test") } });
        recorder.End(Terminated);
        Assert.Equal(jpeg, File.ReadAllBytes(Path.Combine(recorder.EpisodeFolder!, "frames", "000000.jpg")));
    }

    [Fact]
    public void Record_StepsWithoutFrameOrWithStrangeActions_ComeBackAsTheyWere()
    {
        var stale = new EpisodeStep { Index = 0, Status = StepStatus.StaleObservation, Reason = "no frame for 200 ms" };
        var strange = TestEpisodes.Action(1) with { Mode = (ControlMode)200, GripperClosednessAction = float.NaN };
        var refused = TestEpisodes.Step(1) with { Status = StepStatus.Refused, Applied = null, Command = null, Reply = null, Decision = new PolicyDecision { Tokens = [200], Action = strange } };
        using (var recorder = new EpisodeRecorder(new RecorderOptions { Folder = _folder.Path }, TimeProvider.System))
        {
            recorder.Begin(TestEpisodes.Header);
            recorder.Record(stale);
            recorder.Record(refused);
            recorder.End(new EpisodeEnd(EpisodeOutcome.Failed, "mode 200"));
        }
        var episode = RecordedEpisode.Open(Directory.GetDirectories(_folder.Path).Single());
        Assert.Equal(stale, episode.Steps[0].Read());
        Assert.Null(episode.Steps[0].FramePath);
        Assert.Equal(strange, episode.Steps[1].Decision!.Action);
        Assert.Null(episode.Steps[1].Applied);
    }

    [Fact]
    public void Begin_TwiceInASecond_TakesAnotherFolder()
    {
        var first = TestEpisodes.Record(_folder.Path, 1, Terminated);
        var second = TestEpisodes.Record(_folder.Path, 2, Terminated);
        Assert.Equal(first + "-2", second);
        Assert.Single(RecordedEpisode.Open(first).Steps);
    }

    [Fact]
    public void End_WithoutAnOpenEpisode_DoesNothing()
    {
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = _folder.Path }, TimeProvider.System);
        recorder.End(Terminated);
        Assert.Throws<InvalidOperationException>(() => recorder.Record(TestEpisodes.Step(0)));
        recorder.Begin(TestEpisodes.Header);
        Assert.Throws<InvalidOperationException>(() => recorder.Begin(TestEpisodes.Header));
    }

    [Fact]
    public void Dispose_WithoutEnd_KeepsTheStepsAndNoEnd()
    {
        var episode = RecordedEpisode.Open(TestEpisodes.Record(_folder.Path, 3));
        Assert.Equal(3, episode.Steps.Count);
        Assert.Null(episode.End);
        Assert.Equal(["the recording was cut off before its end."], episode.Warnings);
    }
}
