using Rt1.Core;
using Rt1.Data;

namespace Rt1.Training.Tests;

/// <summary>Batches without files.</summary>
internal static class Batches
{
    /// <summary>Random images and actions; the same for the same seed.</summary>
    public static WindowBatch Random(int seed, int size = 4, int steps = 3, bool withKeypoints = true)
    {
        var random = new Random(seed);
        var batch = new WindowBatch(size, steps, ToyEpisodes.Size, ToyEpisodes.Size);
        random.NextBytes(batch.Images);
        for (var i = 0; i < size * steps; i++)
        {
            batch.IsValid[i] = true;
            batch.Actions[i] = new RobotAction { Mode = ControlMode.Arm, WorldVector = new(0.1f * random.NextSingle() - 0.05f, 0.01f, 0), GripperClosednessAction = 1 };
            if (withKeypoints)
                batch.Keypoints[i] = new Keypoints(new(random.NextSingle(), random.NextSingle()), null, new(0.5f, 0.5f));
        }
        for (var i = 0; i < size; i++)
        {
            batch.Instructions[i] = $"pick {(i % 2 == 0 ? "red" : "blue")} block";
            batch.Samples[i] = new SampleId("made", seed, i, 0);
        }
        return batch;
    }

    /// <summary>Some samples of a batch as one of their own.</summary>
    public static WindowBatch Part(WindowBatch batch, int first, int size)
    {
        var part = new WindowBatch(size, batch.Steps, batch.Height, batch.Width);
        var bytes = batch.Steps * batch.Height * batch.Width * 3;
        batch.Images.Slice(first * bytes, size * bytes).CopyTo(part.Images);
        Array.Copy(batch.IsValid, first * batch.Steps, part.IsValid, 0, part.IsValid.Length);
        Array.Copy(batch.Actions, first * batch.Steps, part.Actions, 0, part.Actions.Length);
        Array.Copy(batch.Keypoints, first * batch.Steps, part.Keypoints, 0, part.Keypoints.Length);
        Array.Copy(batch.Instructions, first, part.Instructions, 0, size);
        Array.Copy(batch.Samples, first, part.Samples, 0, size);
        return part;
    }
}
