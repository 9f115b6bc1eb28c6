using System.Diagnostics;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

/// <summary>What a killed recorder leaves behind must be readable: every complete step, and nothing that is not one.</summary>
public sealed class CutOffTests : IDisposable
{
    private const string FolderVariable = "RT1_TEST_RECORD_INTO";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_StepsCutOffAtAnyByte_GivesExactlyTheCompleteSteps()
    {
        var episode = TestEpisodes.Record(_folder.Path, 2);
        var path = Path.Combine(episode, "steps.jsonl");
        var whole = File.ReadAllBytes(path);
        for (var length = whole.Length; length >= 0; length--)
        {
            using (var file = File.OpenWrite(path))
                file.SetLength(length);
            var opened = RecordedEpisode.Open(episode);
            // A line is complete with its closing brace; its line feed need not be there.
            var left = whole.AsSpan(0, length);
            var endsOnALine = length == 0 || length == whole.Length || left[^1] == '\n' || whole[length] == '\n';
            var expected = left.Count((byte)'\n') + (endsOnALine && length > 0 && left[^1] != '\n' ? 1 : 0);
            Assert.Equal(expected, opened.Steps.Count);
            Assert.Equal(endsOnALine ? 1 : 2, opened.Warnings.Count);
            Assert.All(opened.Steps, step => Assert.NotNull(step.FramePath));
        }
    }

    [Fact]
    public void Open_EndCutOff_WarnsAndGivesTheSteps()
    {
        var folder = TestEpisodes.Record(_folder.Path, 2, new EpisodeEnd(EpisodeOutcome.StepLimit));
        using (var end = File.OpenWrite(Path.Combine(folder, "end.json")))
            end.SetLength(10);
        var episode = RecordedEpisode.Open(folder);
        Assert.Equal(2, episode.Steps.Count);
        Assert.Null(episode.End);
        Assert.Equal(["end.json was cut off."], episode.Warnings);
    }

    [Theory]
    [InlineData("manifest.json", "{\"format\":\"rt1-episode\"", "is damaged")]
    [InlineData("manifest.json", "{\"format\":\"rt1-episode\",\"version\":1}", "is damaged")]
    [InlineData("manifest.json", "{\"format\":\"rt1-episode\",\"version\":9}", "expected rt1-episode version 1, got rt1-episode version 9")]
    [InlineData("steps.jsonl", "{\"index\":0}\n", "line 1 is damaged")]
    [InlineData("steps.jsonl", "null\n", "line 1 is damaged")]
    public void Open_DamagedFile_NamesTheFileAndTheFault(string file, string content, string expected)
    {
        var folder = TestEpisodes.Record(_folder.Path, 1);
        File.WriteAllText(Path.Combine(folder, file), content);
        var e = Assert.Throws<RecordingException>(() => RecordedEpisode.Open(folder));
        Assert.Contains(file, e.Message);
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Open_FrameOutsideTheEpisode_IsRefused()
    {
        var folder = TestEpisodes.Record(_folder.Path, 1);
        var path = Path.Combine(folder, "steps.jsonl");
        File.WriteAllText(path, File.ReadAllText(path).Replace("frames/000000.jpg", "frames/../../secret.jpg"));
        Assert.Contains("must lie in frames/", Assert.Throws<RecordingException>(() => RecordedEpisode.Open(folder)).Message);
    }

    [Fact]
    public void Open_NoEpisode_SaysSo() =>
        Assert.Contains("is no recorded episode", Assert.Throws<RecordingException>(() => RecordedEpisode.Open(_folder.Path)).Message);

    /// <summary>Starts itself in a child process, with <see cref="FolderVariable"/> set, and kills that.</summary>
    [Fact]
    public void Recorder_KilledInTheMidst_LeavesReadableSteps()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            RecordUntilKilled(folder);
        var start = new ProcessStartInfo("dotnet",
            ["exec", typeof(CutOffTests).Assembly.Location, "-method", $"*.{nameof(Recorder_KilledInTheMidst_LeavesReadableSteps)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = _folder.Path;
        using var child = Process.Start(start)!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => StepsFile() is { Length: > 20_000 } || child.HasExited, TimeSpan.FromSeconds(60)));
            Assert.False(child.HasExited);
        }
        finally
        {
            child.Kill(); // SIGKILL
            child.WaitForExit();
        }
        var episode = RecordedEpisode.Open(Directory.GetDirectories(_folder.Path).Single());
        Assert.True(episode.Steps.Count > 10);
        Assert.Null(episode.End);
        Assert.All(episode.Steps, step => Assert.NotNull(step.ReadFrame()));

        FileInfo? StepsFile()
        {
            Thread.Sleep(10);
            return new DirectoryInfo(_folder.Path).GetFiles("steps.jsonl", SearchOption.AllDirectories).FirstOrDefault();
        }
    }

    private static void RecordUntilKilled(string folder)
    {
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = folder }, TimeProvider.System);
        recorder.Begin(TestEpisodes.Header);
        for (var i = 0; ; i++)
            recorder.Record(TestEpisodes.Step(i));
    }
}
