using OpenCvSharp;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class EpisodeViewTests
{
    [Fact]
    public void Render_EveryKindOfImage_DrawsThemSideBySide()
    {
        using var temporary = new TemporaryFolder();
        var episode = new DatasetEpisode(new EpisodeSource("f", 0, 0, 0), (StructValue)EveryFeature.Random(EveryFeature.Spec, new Random(3), 5));

        EpisodeView.Render(episode, temporary["sheet.png"], 3);

        using var sheet = Cv2.ImRead(temporary["sheet.png"]);
        Assert.True(sheet.Width > 6 * 300 && sheet.Height == 5 * 268, sheet.ToString());
    }

    [Fact]
    public void Render_Video_HasAPictureForEachStep()
    {
        using var temporary = new TemporaryFolder();
        var episode = new DatasetEpisode(new EpisodeSource("f", 0, 0, 0), SmallDataset.Episode(1, steps: 7));

        EpisodeView.Render(episode, temporary["episode.mp4"], 3);

        using var video = new VideoCapture(temporary["episode.mp4"]);
        Assert.Equal(7, video.FrameCount);
    }

    [Fact]
    public void Render_EpisodeWithoutSteps_IsRefused()
    {
        var empty = new DatasetEpisode(new EpisodeSource("f", 0, 0, 0), SmallDataset.Episode(1, steps: 0));

        Assert.Throws<Rt1Exception>(() => EpisodeView.Render(empty, "never.png", 3));
    }
}
