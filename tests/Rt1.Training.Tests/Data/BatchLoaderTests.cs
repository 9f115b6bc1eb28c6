using OpenCvSharp;
using Rt1.Configuration;
using Rt1.Data;
using Rt1.Model.Networks;
using Rt1.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training.Tests;

public sealed class BatchLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public BatchLoaderTests() => _data = Toy.Dataset(_folder, episodes: 6);

    [Fact]
    public void Next_Crop_MovesTheKeypointsWithTheImage()
    {
        var config = Toy.Config(_data, 1);
        config = config with { Data = config.Data with { Augmentation = new AugmentationConfig { PadHeight = 0.1, PadWidth = 0.1, CropPerSample = true } } };
        using var loader = new BatchLoader(config, new SingleWorker(), TimeProvider.System, null);
        var errors = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            using var batch = loader.Next()[0];
            for (var step = 0; step < batch.Size * batch.Steps; step++)
            {
                if (batch.Keypoints[step].Target is { } target && Centre(batch, step) is { } centre)
                    errors.Add((target - centre).Length() * ToyEpisodes.Size);
            }
        }

        Assert.InRange(errors.Count, 20, 100);
        Assert.True(errors.Order().ElementAt(errors.Count / 2) < 1.5, string.Join(", ", errors));
    }

    [Fact]
    public void Instructions_OfTheData_AreTheVocabulary()
    {
        var instructions = AlignedDataset.Open(ToyEpisodes.Config(_data)).Instructions();

        Assert.Equal(["pick the blue block", "pick the green block", "pick the red block"], instructions.Order());
    }

    [Fact]
    public void MixtureOf_APolicy_HasItsWindowAndImages()
    {
        var config = Toy.Config(_data, 1) with { Policy = Toy.Policy with { Image = new ImageConfig { Height = 60, Width = 80, Size = 40 } } };

        var mixture = BatchLoader.MixtureOf(config);
        var resized = BatchLoader.MixtureOf(config with { Loader = new LoaderConfig { ResizeFirst = true } });

        Assert.Equal((3, 60, 80), (mixture.Window, mixture.ImageHeight, mixture.ImageWidth));
        Assert.Equal((40, 40), (resized.ImageHeight, resized.ImageWidth));
    }

    /// <summary>What the loader makes of a frame of twice the size is what the network makes of it, rounded to 8 bits.</summary>
    [Fact]
    public void ResizeFirst_HalfTheSize_IsTheNetworksOwnUpToRounding()
    {
        using var scope = NewDisposeScope();
        var frame = randint(0, 256, [192, 192, 3], ScalarType.Byte);
        using var mat = Mat.FromPixelData(192, 192, MatType.CV_8UC3, frame.bytes.ToArray());
        using var small = new Mat();
        Cv2.Resize(mat, small, new OpenCvSharp.Size(96, 96), 0, 0, InterpolationFlags.Linear);

        var loaded = ImagePreprocessing.ToNetwork(tensor(small.AsSpan<byte>().ToArray(), [1, 96, 96, 3]), 96);
        var own = ImagePreprocessing.ToNetwork(frame.unsqueeze(0), 96);

        Assert.True(((loaded - own).abs().max() * 255).ToDouble() <= 0.5 + 1e-4);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The middle of the named square: the pixels in which one channel is far above both others, on the side of the target.</summary>
    private static System.Numerics.Vector2? Centre(WindowBatch batch, int step)
    {
        var colour = Array.FindIndex(["red", "green", "blue"], c => batch.Instructions[step / batch.Steps].Contains(c));
        var (sum, count) = (default(System.Numerics.Vector2), 0);
        var frame = batch.Images.Slice(step * batch.Height * batch.Width * 3, batch.Height * batch.Width * 3);
        for (var i = 0; i < batch.Height * batch.Width; i++)
        {
            if (frame[3 * i + colour] - Math.Max(frame[3 * i + (colour + 1) % 3], frame[3 * i + (colour + 2) % 3]) < 80)
                continue;
            sum += new System.Numerics.Vector2((i % batch.Width + 0.5f) / batch.Width, (i / batch.Width + 0.5f) / batch.Height);
            count++;
        }
        return count < 40 ? null : sum / count;
    }
}
