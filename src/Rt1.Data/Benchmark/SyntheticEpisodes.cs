using OpenCvSharp;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Datasets of made-up episodes with images like a camera's, for measuring where no real one is at hand.</summary>
public static class SyntheticEpisodes
{
    /// <summary>Writes a dataset in the features of <see cref="RobotFeatures"/>; no two images are equal.</summary>
    public static void Write(string folder, string name, int episodes, int steps, int height, int width, int seed)
    {
        using var writer = new RldsWriter(folder, name, RobotFeatures.Episode(height, width), maxShardBytes: 1 << 25);
        var random = new Random(seed);
        for (var i = 0; i < episodes; i++)
            writer.Write(Episode(steps, height, width, random));
        writer.Complete();
    }

    /// <summary>A configuration that reads what <see cref="Write"/> wrote.</summary>
    public static DatasetConfig Config(string folder)
    {
        DimensionMapping From(string field, int index) => new() { Source = $"steps/action/{field}[{index}]" };
        return new DatasetConfig
        {
            Path = new FilePath(folder),
            RateHz = 3,
            Image = "steps/observation/image",
            Instruction = "steps/observation/natural_language_instruction",
            Action = new ActionMapping
            {
                TerminateEpisode = new ModeMapping { OneHot = $"steps/action/{ActionFields.TerminateEpisode}" },
                WorldVector = [.. Enumerable.Range(0, 3).Select(i => From(ActionFields.WorldVector, i))],
                RotationDelta = [.. Enumerable.Range(0, 3).Select(i => From(ActionFields.RotationDelta, i))],
                GripperClosednessAction = From(ActionFields.GripperClosednessAction, 0),
            },
        };
    }

    private static StructValue Episode(int steps, int height, int width, Random random) => new(
        ("episode_metadata", new StructValue(
            ("policy", new TextValue("synthetic")),
            ("robot", new TextValue("synthetic")),
            ("embodiment", new TextValue("edr")),
            ("outcome", new TextValue("terminated")),
            ("rate_hz", TensorValue.Scalar(3f)))),
        ("success", TensorValue.Scalar(true)),
        (DatasetEpisode.StepsField, new SequenceValue([.. Enumerable.Range(0, steps).Select(i => RobotFeatures.StepValue(
            Image(height, width, random), "pick up the can", null,
            i == steps - 1 ? RobotAction.Terminate : new RobotAction { Mode = ControlMode.Arm, WorldVector = new(random.NextSingle() - 0.5f) },
            i == 0, i == steps - 1, i == steps - 1, success: true))])));

    // Coarse noise, enlarged, and a little fine noise: compresses about as a photograph does.
    private static byte[] Image(int height, int width, Random random)
    {
        var coarse = new byte[24 * 32 * 3];
        random.NextBytes(coarse);
        var fine = new byte[height * width * 3];
        random.NextBytes(fine);
        using var small = Mat.FromPixelData(24, 32, MatType.CV_8UC3, coarse);
        using var large = new Mat();
        Cv2.Resize(small, large, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        var pixels = large.AsSpan<byte>().ToArray();
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(pixels[i] + fine[i] / 16 - 8, 0, 255);
        return ImageCodec.EncodeJpeg(new Frame { Height = height, Width = width, Pixels = pixels }, quality: 90);
    }
}
