using System.Text.Json.Nodes;
using Google.Protobuf;
using Rt1.Core;
using Rt1.Data.Wire;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class RldsWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Write_RandomEpisodesOfEveryFeature_ReadBackEqual(int seed)
    {
        using var temporary = new TemporaryFolder();
        var random = new Random(seed);
        var episodes = Enumerable.Range(0, 12).Select(i => (StructValue)EveryFeature.Random(EveryFeature.Spec, random, i % 4)).ToList();
        using (var writer = new RldsWriter(temporary["data"], "every", EveryFeature.Spec, maxShardBytes: 20_000))
        {
            foreach (var (i, episode) in episodes.Index())
                writer.Write(episode, i < 10 ? "train" : "val");
            writer.Complete();
        }

        var dataset = EpisodeDatasets.Open(temporary["data"]);
        var read = dataset.Splits.SelectMany(split => dataset.Read(split)).Select(e => e.OrThrow()).ToList();

        Assert.Equal(["train", "val"], dataset.Splits.Select(s => s.Name));
        Assert.Equal(10, dataset.Split("train").EpisodeCount);
        Assert.True(dataset.Split("train").Shards.Count > 1);
        Assert.Equal(episodes.Count, read.Count);
        foreach (var (expected, actual) in episodes.Zip(read))
            Values.AssertEqual(expected, actual.Values);
    }

    [Fact]
    public void Write_EveryFeature_KeepsSchemaAndClassNames()
    {
        using var temporary = new TemporaryFolder();
        using (var writer = new RldsWriter(temporary["data"], "every", EveryFeature.Spec))
        {
            writer.Write((StructValue)EveryFeature.Random(EveryFeature.Spec, new Random(1), 2));
            writer.Complete();
        }

        var dataset = EpisodeDatasets.Open(temporary["data"]);

        Assert.Equal(
            FeaturesJsonWriter.ToJson(EveryFeature.Spec).ToJsonString(), FeaturesJsonWriter.ToJson(dataset.Features).ToJsonString());
        Assert.Equal(["pick", "place", "push"], ((ClassLabelSpec)dataset.Features["task"]!).Names);
        Assert.Equal("Where it came from.", dataset.Features["file_path"]!.Description);
        Assert.Equal(
            ["dataset_info.json", "every-train.tfrecord-00000-of-00001", "features.json", "task.labels.txt"],
            Directory.GetFiles(temporary["data"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>What TFDS wrote, decoded and encoded again, is the same example: names, lists and numbers.</summary>
    [Theory]
    [InlineData("bridge_dataset/1.0.0", "bridge_dataset")]
    [InlineData("fractal20220817_data/0.1.0", "fractal20220817_data")]
    [InlineData("kuka/0.1.0", "kuka")]
    public void Encode_EpisodeThatTfdsWrote_GivesTheSameExample(string folder, string name)
    {
        var dataset = RldsDataset.Open(Repository.Shared("samples", folder));
        var encoder = new ExampleEncoder(StorageLayout.Of(dataset.Features));
        using var reader = new TfRecordReader(dataset.Split("train").Shards[0].File);

        foreach (var episode in dataset.Read(dataset.Split("train"), 0).Select(e => e.OrThrow()))
        {
            var stored = Example.Parser.ParseFrom(reader.Next()!.Value.Data.Span);
            var encoded = encoder.Encode(episode.Values);
            Assert.Equal(stored.Features.Feature.Keys.Order(), encoded.Features.Feature.Keys.Order());
            foreach (var (key, feature) in stored.Features.Feature.Where(f => !IsZlib(f.Value)))
                Assert.True(feature.Equals(encoded.Features.Feature[key]), $"{name}: '{key}' differs.");
        }
    }

    // Compressors differ; their values were compared with what TFDS read.
    private static bool IsZlib(Feature feature) => feature.BytesList?.Value is [var first, ..] && first.Length > 2 && first[0] == 0x78 && first[1] == 0x9C;

    [Theory]
    [InlineData("fractal20220817_data/0.1.0")]
    [InlineData("kuka/0.1.0")]
    [InlineData("bridge_dataset/1.0.0")]
    public void FeaturesJson_ThatTfdsWrote_IsWrittenTheSame(string folder)
    {
        var file = Repository.Shared("samples", folder, "features.json");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), FeaturesJsonWriter.ToJson(FeaturesJson.Read(file))));
    }

    [Fact]
    public void DatasetInfo_Written_HasTfdsForm()
    {
        using var temporary = new TemporaryFolder();
        var spec = new StructSpec(("id", new TensorSpec(ElementType.Int64)));
        using (var writer = new RldsWriter(temporary["d"], "tiny", spec, "2.1.0", "Three numbers.", maxShardBytes: 1))
        {
            for (var i = 0; i < 3; i++)
                writer.Write(new StructValue(("id", TensorValue.Scalar((long)i))));
            writer.Complete();
        }

        var info = JsonNode.Parse(File.ReadAllText(temporary["d", "dataset_info.json"]))!;
        var bytes = Directory.GetFiles(temporary["d"], "*tfrecord*").Sum(f => new FileInfo(f).Length - 16);
        Assert.Equal("tiny", (string?)info["name"]);
        Assert.Equal("2.1.0", (string?)info["version"]);
        Assert.Equal("tfrecord", (string?)info["fileFormat"]);
        var split = info["splits"]![0]!;
        Assert.Equal(["1", "1", "1"], split["shardLengths"]!.AsArray().Select(n => (string?)n));
        Assert.Equal(bytes.ToString(), (string?)split["numBytes"]);
        Assert.Equal("{DATASET}-{SPLIT}.{FILEFORMAT}-{SHARD_X_OF_Y}", (string?)split["filepathTemplate"]);
        Assert.True(File.Exists(temporary["d", "tiny-train.tfrecord-00002-of-00003"]));
    }

    [Fact]
    public void Write_WrongShape_SaysWhichValue()
    {
        using var temporary = new TemporaryFolder();
        using var writer = new RldsWriter(temporary["d"], "tiny", new StructSpec(("v", new TensorSpec(ElementType.Float32, 3))));

        var fault = Assert.Throws<ArgumentException>(() => writer.Write(new StructValue(("v", TensorValue.Of<float>([1, 2], 2)))));

        Assert.Contains("'v' must be float32 of (3), got float32 of (2)", fault.Message);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using var temporary = new TemporaryFolder();
        using (var writer = new RldsWriter(temporary["d"], "tiny", new StructSpec(("id", new TensorSpec(ElementType.Int64)))))
            writer.Write(new StructValue(("id", TensorValue.Scalar(1L))));

        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void Create_FolderThatIsThere_IsRefused()
    {
        using var temporary = new TemporaryFolder();

        Assert.Throws<Rt1Exception>(() => new RldsWriter(temporary.Path, "tiny", new StructSpec(("id", new TensorSpec(ElementType.Int64)))));
    }

    [Fact]
    public void Create_FixedSequenceInSteps_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        var spec = new StructSpec(("steps", new SequenceSpec(new StructSpec(("x", new SequenceSpec(new TensorSpec(ElementType.Float32), 2))), IsDataset: true)));

        Assert.Contains("steps/x", Assert.Throws<Rt1Exception>(() => new RldsWriter(temporary["d"], "tiny", spec)).Message);
    }
}
