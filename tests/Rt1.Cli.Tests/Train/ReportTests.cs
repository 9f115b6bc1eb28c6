using Rt1.Testing;
using Rt1.Training;

namespace Rt1.Cli.Tests.Train;

public sealed class ReportTests
{
    [Fact]
    public void Report_ARun_WritesItsPage()
    {
        using var run = new TemporaryFolder();
        using (var log = new MetricLog(run.Path))
        {
            log.Scalar(1, MetricNames.Loss, 1);
            log.Scalar(2, MetricNames.Loss, 0.5);
        }
        File.WriteAllText(run["training.yaml"], "seed: 1234");

        var page = Rt1Process.Run("report", run.Path, "--out", run["page"]).Succeeded().Output.Trim();

        Assert.Equal(run["page", "index.html"], page);
        Assert.Contains("seed: 1234", File.ReadAllText(page));
        Assert.Single(Directory.EnumerateFiles(run["page"], "*.png"));
    }

    [Fact]
    public void Report_NoRun_SaysSo() => Assert.Contains("give the folder of a training run", Rt1Process.Run("report", Path.GetTempPath()).Fault());
}
