using System.Text.Json;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class LeRobotDatasetTests
{
    [Theory]
    [InlineData("v2.1", 3)]
    [InlineData("v3.0", 1)]
    public void Show_SampleDataset_EqualsWhatLeRobotRead(string version, int shards)
    {
        var folder = LeRobotSample.WithVideo(version);
        var dataset = EpisodeDatasets.Open(folder);
        using var shown = new MemoryStream();
        DatasetJson.Write(shown, dataset, dataset.Split());

        using var actual = JsonDocument.Parse(shown.ToArray());
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var comparison = new ExpectedEpisodes(meanTolerance: 3, pixelTolerance: 12);
        comparison.AssertContains(expected.RootElement.GetProperty("episodes"), actual.RootElement.GetProperty("episodes"));
        Assert.Equal(version, actual.RootElement.GetProperty("codebase_version").GetString());
        Assert.Equal(shards, dataset.Split().Shards.Count);
        Assert.True(comparison.Compared > 24 * 20);
    }

    /// <summary>PNGs are exact; only frames of videos may differ by decoder.</summary>
    [Theory]
    [InlineData("v2.1")]
    [InlineData("v3.0")]
    public void Decode_PngInParquet_HasTheMeanThatLeRobotRead(string version)
    {
        var folder = Repository.Shared("samples", $"lerobot_{version}");
        var dataset = EpisodeDatasets.Open(folder);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));

        foreach (var (episode, json) in dataset.Read(dataset.Split()).Zip(expected.RootElement.GetProperty("episodes").EnumerateArray()))
        {
            foreach (var (step, frame) in episode.OrThrow().Steps.Zip(json.EnumerateArray()))
            {
                var means = frame.GetProperty("observation.images.wrist").GetProperty("mean_rgb").EnumerateArray().Select(m => m.GetDouble());
                Assert.Equal(means, step.Get<ImageValue>("observation.images.wrist").Decode().ChannelMeans().Select(m => Math.Round(m, 3)));
            }
        }
    }

    [Fact]
    public void Decode_VideoFramesInAnyOrder_AreTheSameFrames()
    {
        var dataset = EpisodeDatasets.Open(LeRobotSample.WithVideo("v3.0"));
        var steps = dataset.ReadOne(dataset.Split(), 1).OrThrow().Steps.Select(s => s.Get<ImageValue>("observation.images.head")).ToList();
        var inOrder = steps.Select(s => s.Decode().Pixels).ToList();

        foreach (var i in new[] { 9, 0, 5, 4, 4, 8, 1 })
            Assert.Equal(inOrder[i], steps[i].Decode().Pixels);
    }

    [Fact]
    public void ReadOne_EpisodeInGatheredFile_HasItsOwnFrames()
    {
        var dataset = EpisodeDatasets.Open(Repository.Shared("samples", "lerobot_v3.0"));

        var episode = dataset.ReadOne(dataset.Split(), 2).OrThrow();

        Assert.Equal(6, episode.Steps.Count);
        Assert.All(episode.Steps, step => Assert.Equal(2, step.Get<TensorValue>("episode_index").As<long>()[0]));
        Assert.Equal("put carrot on plate", episode.Steps[0].Get<TextValue>("task").Text);
    }

    [Fact]
    public void Convert_VideoDataset_BecomesRldsWithJpegs()
    {
        using var temporary = new TemporaryFolder();
        var source = EpisodeDatasets.Open(LeRobotSample.WithVideo("v2.1"));

        DatasetConverter.ToRlds(source, temporary["rlds"]);

        var dataset = EpisodeDatasets.Open(temporary["rlds"]);
        Assert.Empty(new DatasetVerifier(dataset).Verify(dataset.Split()));
        var (before, after) = (source.ReadOne(source.Split(), 1).OrThrow().Steps[3], dataset.ReadOne(dataset.Split(), 1).OrThrow().Steps[3]);
        Values.AssertEqual(before.Get<TensorValue>("action"), after.Get<TensorValue>("action"));
        var means = before.Get<ImageValue>("observation.images.head").Decode().ChannelMeans().Zip(after.Get<ImageValue>("observation.images.head").Decode().ChannelMeans());
        Assert.All(means, m => Assert.Equal(m.First, m.Second, 3.0));
    }

    [Fact]
    public void Read_MissingAndDamagedFiles_AreFaults()
    {
        using var temporary = new TemporaryFolder();
        Copy(LeRobotSample.WithVideo("v2.1"), temporary["d"]);
        File.Delete(temporary["d", "data", "chunk-000", "episode_000000.parquet"]);
        File.WriteAllText(temporary["d", "data", "chunk-000", "episode_000001.parquet"], "no parquet");
        File.Delete(temporary["d", "videos", "chunk-000", "observation.images.head", "episode_000002.mp4"]);

        var faults = SmallDataset.Verify(temporary["d"]);

        Assert.Contains("missing", faults[0].Reason);
        Assert.EndsWith("episode_000001.parquet", faults[1].File);
        Assert.Equal(6, faults.Count(f => f.Reason.Contains("episode_000002.mp4: the video is missing")));
        Assert.Equal(8, faults.Count);
    }

    [Fact]
    public void Open_UnknownVersion_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary["meta"]);
        File.WriteAllText(temporary["meta", "info.json"], """{"codebase_version": "v9.9"}""");

        Assert.Contains("'v9.9'; supported are v2.0, v2.1, v3.0", Assert.Throws<Rt1Exception>(() => EpisodeDatasets.Open(temporary.Path)).Message);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }
    }
}
