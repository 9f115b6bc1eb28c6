using System.Text.Json;
using Rt1.Testing;

namespace Rt1.Data.Tests;

/// <summary>Real datasets, written by TFDS or by their authors, against the values that TFDS read from them.</summary>
public class SampleDatasetTests
{
    [Theory]
    [InlineData("bridge_dataset", 25)]
    [InlineData("fractal20220817_data", 5)]
    [InlineData("kuka", 4)]
    public void Show_SampleDataset_EqualsWhatTfdsRead(string name, int episodes)
    {
        var folder = Repository.Shared("samples", name);
        var dataset = EpisodeDatasets.Open(folder);
        using var shown = new MemoryStream();
        DatasetJson.Write(shown, dataset, dataset.Split("train"));

        using var actual = JsonDocument.Parse(shown.ToArray());
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var comparison = new ExpectedEpisodes(meanTolerance: 1e-4, pixelTolerance: 0);
        comparison.AssertContains(expected.RootElement.GetProperty("episodes"), actual.RootElement.GetProperty("episodes"));
        Assert.Equal(name, actual.RootElement.GetProperty("dataset").GetString());
        Assert.Equal(episodes, actual.RootElement.GetProperty("episodes").GetArrayLength());
        Assert.True(comparison.Compared > 1000 * episodes / 10, $"only {comparison.Compared} values were compared");
    }

    [Fact]
    public void Read_SplitWhoseShardIsAbsent_GivesOneFaultThatNamesTheFile()
    {
        var dataset = EpisodeDatasets.Open(Repository.Shared("samples", "bridge_dataset"));

        var read = Assert.Single(dataset.Read(dataset.Split("val")));

        Assert.Equal(25, dataset.Split("val").EpisodeCount);
        Assert.EndsWith("bridge_dataset-val.tfrecord-00000-of-00001", read.Fault!.File);
        Assert.Contains("missing", read.Fault.Reason);
    }

    [Fact]
    public void ReadOne_EpisodeInSecondShard_IsTheOneThatTheWholeSplitHas()
    {
        var dataset = EpisodeDatasets.Open(Repository.Shared("samples", "fractal20220817_data"));
        var split = dataset.Split();

        for (var i = 0; i < split.EpisodeCount; i++)
        {
            var one = dataset.ReadOne(split, i).OrThrow();
            Assert.Equal(dataset.Read(split).ElementAt(i).OrThrow().Source, one.Source);
        }
    }

    [Fact]
    public void Read_SomeFields_HoldsOnlyThose()
    {
        var dataset = EpisodeDatasets.Open(Repository.Shared("samples", "kuka"));

        var episode = dataset.Read(dataset.Split(), ["success", "steps/observation/clip_function_input/base_pose_tool_reached"]).First().OrThrow();

        Assert.Equal(["steps", "success"], episode.Values.Fields.Select(f => f.Key).Order());
        Assert.Equal(7, episode.Steps[0].Get<TensorValue>("observation/clip_function_input/base_pose_tool_reached").Count);
        Assert.False(episode.Steps[0].TryFind("observation/image", out _));
    }
}
