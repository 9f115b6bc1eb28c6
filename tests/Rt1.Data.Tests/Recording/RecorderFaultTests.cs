using System.Diagnostics;
using System.Text.Json;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

/// <summary>Disks that are full, absent or slow, made of what Linux offers: /dev/full, a file in a folder's place, a pipe nobody reads.</summary>
public sealed class RecorderFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private EpisodeRecorder Begin(RecorderOptions? options = null)
    {
        var recorder = new EpisodeRecorder((options ?? new RecorderOptions()) with { Folder = _folder.Path }, TimeProvider.System);
        recorder.Begin(TestEpisodes.Header);
        return recorder;
    }

    private static string FramePath(EpisodeRecorder recorder, int index) => Path.Combine(recorder.EpisodeFolder!, "frames", $"{index:000000}.jpg");

    [Fact]
    public void Begin_FolderCannotBeMade_IsOneClearLine()
    {
        File.WriteAllText(_folder["file"], "in the way");
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = _folder["file"] }, TimeProvider.System);
        var e = Assert.Throws<RecordingException>(() => recorder.Begin(TestEpisodes.Header));
        Assert.Contains("cannot be written", e.Message);
        Assert.Contains("recording.folder", e.Message);
        recorder.End(new EpisodeEnd(EpisodeOutcome.Failed));
    }

    [Fact]
    public void Record_DiskFull_SaysSoAndKeepsTheStepsBefore()
    {
        using var recorder = Begin();
        File.CreateSymbolicLink(FramePath(recorder, 2), "/dev/full");
        var e = Assert.Throws<RecordingException>(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                recorder.Record(TestEpisodes.Step(i));
                Thread.Sleep(1);
            }
        });
        Assert.Contains("step 2 could not be written: No space left on device", e.Message);
        Assert.Throws<RecordingException>(() => recorder.End(new EpisodeEnd(EpisodeOutcome.Failed)));
        var episode = RecordedEpisode.Open(recorder.EpisodeFolder!);
        Assert.Equal([0, 1], episode.Steps.Select(step => step.Index));
        Assert.NotNull(episode.Steps[1].ReadFrame());
    }

    [Fact]
    public void Record_DiskStalls_FailsAfterTheLimitAndNotBefore()
    {
        using var recorder = Begin(new RecorderOptions { QueueCapacity = 2, StallLimit = TimeSpan.FromMilliseconds(100) });
        MakePipe(FramePath(recorder, 0));
        var recorded = 0;
        var e = Assert.Throws<RecordingException>(() =>
        {
            for (; recorded < 10; recorded++)
                recorder.Record(TestEpisodes.Step(recorded));
        });
        Assert.InRange(recorded, 2, 3); // those in the queue, and the one being written
        Assert.Contains("2 steps behind", e.Message);
        Drain(FramePath(recorder, 0));
    }

    [Fact]
    public async Task Record_DiskRecovers_LosesNothingAndCountsTheWait()
    {
        using var recorder = Begin(new RecorderOptions { QueueCapacity = 2, StallLimit = TimeSpan.FromSeconds(60) });
        MakePipe(FramePath(recorder, 0));
        var drained = Task.Run(async () =>
        {
            await Task.Delay(200);
            Drain(FramePath(recorder, 0));
        });
        for (var i = 0; i < 8; i++)
            recorder.Record(TestEpisodes.Step(i));
        recorder.End(new EpisodeEnd(EpisodeOutcome.StepLimit));
        await drained;
        using var end = JsonDocument.Parse(File.ReadAllText(Path.Combine(recorder.EpisodeFolder!, "end.json")));
        Assert.Equal(8, end.RootElement.GetProperty("steps").GetInt32());
        Assert.True(end.RootElement.GetProperty("stalls").GetInt32() >= 1);
        Assert.True(end.RootElement.GetProperty("stalled_us").GetInt64() > 0);
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void Drain(string pipe) => File.OpenRead(pipe).CopyTo(Stream.Null);
}
