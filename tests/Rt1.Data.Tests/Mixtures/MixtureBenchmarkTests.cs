using Rt1.Testing;

namespace Rt1.Data.Tests;

public class MixtureBenchmarkTests
{
    [Fact]
    public void Run_SyntheticEpisodes_CountsWindows()
    {
        using var temporary = new TemporaryFolder();
        SyntheticEpisodes.Write(temporary["d"], "d", episodes: 3, steps: 8, height: 48, width: 64, seed: 1);
        var config = new MixtureConfig
        {
            Datasets = new Dictionary<string, MixtureEntry> { ["d"] = new() { Dataset = SyntheticEpisodes.Config(temporary["d"]) } },
            ImageHeight = 24,
            ImageWidth = 32,
        };

        var timings = MixtureBenchmark.Run(config, 4, 10, threads: 2, TimeProvider.System);

        Assert.Equal((2, 20), (timings.Threads, timings.Windows));
        Assert.Equal(6, timings.ImagesPerSecond / timings.WindowsPerSecond, 1e-6); // no padding: episodes are longer than the window
        Assert.True(timings is { BareImagesPerSecond: > 0, PeakMemoryMb: > 0 });
    }
}
