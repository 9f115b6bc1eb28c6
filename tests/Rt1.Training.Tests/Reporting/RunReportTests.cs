using Rt1.Testing;

namespace Rt1.Training.Tests;

public class RunReportTests
{
    [Fact]
    public void Write_OfARun_HasItsPlotsPicturesAndTexts()
    {
        using var folder = new TemporaryFolder();
        using (var log = new MetricLog(folder.Path))
        {
            for (var step = 10; step <= 50; step += 10)
            {
                log.Scalar(step, MetricNames.Loss, 1.0 / step);
                log.Scalar(step, MetricNames.TokenLoss, 2.0 / step);
                log.Scalar(step, MetricNames.TranslationError, step == 30 ? double.NaN : 5);
                log.Scalar(step, "my metric <b>", step);
            }
            log.Image(50, MetricNames.AttentionImages, 2, 2, new byte[12]);
        }

        var page = RunReport.Write("a & b", RunHistory.Read(folder.Path), [new ReportText("training.yaml", "steps: <50>")], folder["report"]);

        var html = File.ReadAllText(page);
        Assert.Contains("<title>a &amp; b</title>", html);
        Assert.Contains("steps: &lt;50&gt;", html);
        Assert.Contains("my metric &lt;b&gt;", html);
        Assert.DoesNotContain("<b>", html);
        var images = Directory.EnumerateFiles(folder["report"], "*.png").Select(Path.GetFileName).ToList();
        Assert.Equal(4, images.Count);
        Assert.All(images, image => Assert.Contains($"src=\"{image}\"", html));
        Assert.Contains("attention-50.png", images);
    }
}
