using Rt1.Core;
using Rt1.Testing;
using Rt1.Vision;

namespace Rt1.Data.Tests;

public sealed class EpisodeVideoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.avi")]
    public void Render_Episode_HasOnePictureAStepWithItsImage(string name)
    {
        var episode = RecordedEpisode.Open(TestEpisodes.Record(_folder["recordings"], 6));
        EpisodeVideo.Render(episode, _folder[name]);
        using var video = new VideoFileFrameSource(_folder[name], new FrameSourceOptions(), TimeProvider.System);
        for (var i = 0; i < 6; i++)
        {
            var picture = video.Next(default, TimeSpan.Zero)!;
            Assert.Equal(640, picture.Width);
            var red = picture.Pixels[3 * (100 * picture.Width + 100)];
            Assert.InRange(red, i * 20 - 12, i * 20 + 12);
        }
        Assert.True(video.IsExhausted);
    }

    [Fact]
    public void Render_StepWithoutAFrame_ShowsTheOneBefore()
    {
        using (var recorder = new EpisodeRecorder(new RecorderOptions { Folder = _folder["recordings"] }, TimeProvider.System))
        {
            recorder.Begin(TestEpisodes.Header);
            recorder.Record(TestEpisodes.Step(10));
            recorder.Record(new EpisodeStep { Index = 11, Status = StepStatus.StaleObservation });
            recorder.End(new EpisodeEnd(EpisodeOutcome.StepLimit));
        }
        EpisodeVideo.Render(RecordedEpisode.Open(Directory.GetDirectories(_folder["recordings"]).Single()), _folder["out.avi"]);
        using var video = new VideoFileFrameSource(_folder["out.avi"], new FrameSourceOptions(), TimeProvider.System);
        var (first, second) = (video.Next(default, TimeSpan.Zero)!, video.Next(default, TimeSpan.Zero)!);
        Assert.InRange(first.Pixels[0], 195, 205);
        Assert.InRange(second.Pixels[0], 195, 205);
    }

    [Fact]
    public void Render_NoSteps_SaysSo()
    {
        var episode = RecordedEpisode.Open(TestEpisodes.Record(_folder["recordings"], 0));
        Assert.Contains("no complete step", Assert.Throws<RecordingException>(() => EpisodeVideo.Render(episode, _folder["out.mp4"])).Message);
    }
}
