using Rt1.Configuration;
using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Simulation.Tests;

/// <summary>The episodes of <c>datasets/sim</c> are what the generator makes today; docs/simulation.md has the commands that make them anew.</summary>
public sealed class SampleDatasetTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    [Theory]
    [InlineData("edr", 6)]
    [InlineData("kuka", 1)]
    public void Sample_ReadByItsDescription_HasNoFaults(string robot, int episodes)
    {
        var dataset = AlignedDataset.Open(Repository.File("configs", "datasets", $"sim-{robot}.yaml"));

        var read = dataset.Read().ToList();

        Assert.All(read, r => Assert.Null(r.Fault));
        Assert.Equal(episodes, read.Count(r => r.Episode is not null));
        Assert.Empty(new DatasetVerifier(dataset.Dataset).Verify(dataset.Split));
    }

    /// <summary>The bytes depend on the renderer and the processor, so other machines are given some slack.</summary>
    [Theory]
    [InlineData("edr")]
    [InlineData("kuka")]
    public void Sample_FirstEpisodeMadeAnew_IsTheSame(string robot)
    {
        var shipped = Repository.File("datasets", "sim", robot);
        var config = Config.Load<GenerationConfig>(Path.Combine(shipped, "generation.yaml"));
        using (var place = GenerationFolder.Open(_temporary["data"], config with { Episodes = 1 }))
        {
            place.Make(0, place.CreateGenerator());
            place.Complete();
        }

        var (expected, actual) = (First(shipped), First(_temporary["data"]));
        var remedy = $"datasets/sim/{robot} is not what the generator makes: make it anew as docs/simulation.md says";
        Assert.True(expected.Steps.Count == actual.Steps.Count, remedy);
        foreach (var (before, now) in expected.Values.Leaves().Zip(actual.Values.Leaves()))
            Assert.True(before.Path == now.Path && AreSame(before.Value, now.Value), $"{remedy} ({now.Path})");
    }

    public void Dispose() => _temporary.Dispose();

    private static DatasetEpisode First(string folder)
    {
        var dataset = EpisodeDatasets.Open(folder);
        return dataset.ReadOne(dataset.Split(), 0).OrThrow();
    }

    private static bool AreSame(FeatureValue before, FeatureValue now) => (before, now) switch
    {
        (TextValue a, TextValue b) => a.Text == b.Text,
        (TensorValue a, TensorValue b) => a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => Math.Abs(a[i] - b[i]) < 0.005),
        (ImageValue a, ImageValue b) => MeanDifference(a.Decode(), b.Decode()) < 3,
        _ => false,
    };

    private static double MeanDifference(PixelImage a, PixelImage b) => a.Pixels.Length == b.Pixels.Length
        ? a.Pixels.Zip(b.Pixels).Average(pair => Math.Abs(pair.First - pair.Second))
        : double.PositiveInfinity;
}
