using System.Numerics;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Vision;

namespace Rt1.Training.Tests;

/// <summary>
/// Episodes of a world that a small network learns in seconds: two coloured squares on noise, and the arm moves toward the one that the instruction
/// names. The last step terminates. As a simulator, it tells where the named square is.
/// </summary>
internal static class ToyEpisodes
{
    public const int Size = 48;
    private static readonly string[] Colours = ["red", "green", "blue"];

    public static void Write(string folder, int episodes, int steps, int seed, int size = Size)
    {
        using var writer = new RldsWriter(folder, "toy", Features(size), maxShardBytes: 1 << 18);
        var random = new Random(seed);
        for (var i = 0; i < episodes; i++)
            writer.Write(Episode(steps, size, random));
        writer.Complete();
    }

    public static DatasetConfig Config(string folder)
    {
        PointMapping Point(string name) => new() { Point = $"steps/sim/{name}_point", Visible = $"steps/sim/{name}_visible" };
        return SyntheticEpisodes.Config(folder) with
        {
            Keypoints = new KeypointMapping { Target = Point("target"), Gripper = Point("gripper"), Reference = Point("reference") },
        };
    }

    private static StructSpec Features(int size)
    {
        var robot = RobotFeatures.Episode(size, size);
        var steps = (SequenceSpec)robot[DatasetEpisode.StepsField]!;
        var sim = new StructSpec([.. new[] { "target", "gripper", "reference" }.SelectMany(name => new KeyValuePair<string, FeatureSpec>[]
        {
            new($"{name}_point", new TensorSpec(ElementType.Float32, 2)),
            new($"{name}_visible", new TensorSpec(ElementType.Bool)),
        })]);
        return new StructSpec(
        [
            .. robot.Fields.Where(f => f.Key != DatasetEpisode.StepsField),
            new(DatasetEpisode.StepsField, steps with { Element = new StructSpec([.. ((StructSpec)steps.Element).Fields, new("sim", sim)]) }),
        ]);
    }

    private static StructValue Episode(int steps, int size, Random random)
    {
        var colours = Colours.OrderBy(_ => random.Next()).Take(2).ToArray();
        return new StructValue(
            ("episode_metadata", new StructValue(
                ("policy", new TextValue("toy")), ("robot", new TextValue("toy")), ("embodiment", new TextValue("edr")),
                ("outcome", new TextValue("terminated")), ("rate_hz", TensorValue.Scalar(3f)))),
            ("success", TensorValue.Scalar(true)),
            (DatasetEpisode.StepsField, new SequenceValue([.. Enumerable.Range(0, steps).Select(i => Step(i, steps, size, colours, random))])));
    }

    private static StructValue Step(int index, int steps, int size, string[] colours, Random random)
    {
        var places = new Vector2[] { new(0.15f + 0.25f * random.NextSingle(), Place()), new(0.6f + 0.25f * random.NextSingle(), Place()) };
        var isLast = index == steps - 1;
        var action = isLast ? RobotAction.Terminate
            : new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(places[0].X - 0.5f, places[0].Y - 0.5f, 0) * 0.09f };
        var robot = RobotFeatures.StepValue(Picture(size, colours, isLast ? [] : places, random), $"pick the {colours[0]} block", null, action, index == 0, isLast, isLast, true);
        return new StructValue([.. robot.Fields, new("sim", new StructValue(
            ("target_point", Tensor(places[0])), ("target_visible", TensorValue.Scalar(!isLast)),
            ("gripper_point", Tensor(places[1])), ("gripper_visible", TensorValue.Scalar(!isLast)),
            ("reference_point", Tensor(default)), ("reference_visible", TensorValue.Scalar(false))))]);

        float Place() => 0.15f + 0.7f * random.NextSingle();
    }

    private static byte[] Picture(int size, string[] colours, Vector2[] places, Random random)
    {
        var pixels = new byte[size * size * 3];
        random.NextBytes(pixels);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(100 + pixels[i] / 16);
        foreach (var (index, place) in places.Index())
        {
            var half = size / 10;
            for (var y = (int)(place.Y * size) - half; y <= place.Y * size + half; y++)
            {
                for (var x = (int)(place.X * size) - half; x <= place.X * size + half; x++)
                {
                    for (var channel = 0; channel < 3; channel++)
                        pixels[(y * size + x) * 3 + channel] = (byte)(Array.IndexOf(Colours, colours[index]) == channel ? 230 : 20);
                }
            }
        }
        return ImageCodec.EncodeJpeg(new Frame { Height = size, Width = size, Pixels = pixels }, quality: 95);
    }

    private static TensorValue Tensor(Vector2 point) => TensorValue.Of<float>([point.X, point.Y], 2);
}
