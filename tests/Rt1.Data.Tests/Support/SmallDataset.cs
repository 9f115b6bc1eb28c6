using Rt1.Configuration;

namespace Rt1.Data.Tests;

/// <summary>A dataset of short episodes with an action and an image, for tests that damage it.</summary>
internal static class SmallDataset
{
    public static ImageSpec Image { get; } = new(ElementType.UInt8, 8, 12, 3, Vision.ImageFormat.Jpeg);

    public static StructSpec Spec { get; } = new(
        ("id", new TensorSpec(ElementType.Int64)),
        ("steps", new SequenceSpec(new StructSpec(
            ("action", new TensorSpec(ElementType.Float32, 3)),
            ("observation", new StructSpec(("image", Image)))), IsDataset: true)));

    public static StructValue Episode(int id, int steps = 2, float action = 0.5f, byte[]? image = null) => new(
        ("id", TensorValue.Scalar((long)id)),
        ("steps", new SequenceValue([.. Enumerable.Range(0, steps).Select(i => new StructValue(
            ("action", TensorValue.Of<float>([id, i, action], 3)),
            ("observation", new StructValue(("image", image is null ? EveryFeature.Random(Image, new Random(id)) : new StoredImage(image, Image))))))])));

    /// <summary>Writes the episodes and returns the first shard's path.</summary>
    public static string Write(string folder, IEnumerable<StructValue> episodes, long maxShardBytes = long.MaxValue)
    {
        using var writer = new RldsWriter(folder, "small", Spec, maxShardBytes: maxShardBytes);
        foreach (var episode in episodes)
            writer.Write(episode);
        writer.Complete();
        return EpisodeDatasets.Open(folder).Split().Shards[0].File;
    }

    /// <summary>Maps the three numbers of its action to a translation.</summary>
    public static DatasetConfig Config(string folder) => new()
    {
        Path = new FilePath(folder),
        RateHz = 3,
        Image = "steps/observation/image",
        RelabelledInstruction = "move",
        Action = new ActionMapping
        {
            TerminateEpisode = new ModeMapping { AtLastStep = true },
            WorldVector = [.. Enumerable.Range(0, 3).Select(i => new DimensionMapping { Source = $"steps/action[{i}]" })],
            RotationDelta = [.. Enumerable.Repeat(new DimensionMapping { Constant = 0 }, 3)],
            GripperClosednessAction = new DimensionMapping { Constant = 0 },
        },
    };

    public static List<DataFault> Verify(string folder)
    {
        var dataset = EpisodeDatasets.Open(folder);
        return [.. new DatasetVerifier(dataset).Verify(dataset.Split())];
    }
}
