using System.Numerics;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>The tokenizer at its edges: 400 actions with bin edges, out-of-bounds values and neighbours of the bounds.</summary>
internal static class TokenizerComparison
{
    public static void Run(SafetensorsFile golden)
    {
        var tokens = Read<int>(golden, "tokens");
        for (var i = 0; i < 400; i++)
        {
            var expected = tokens[(i * 11)..((i + 1) * 11)];
            Assert.Equal(expected, ActionSpace.Default.Tokenize(ActionAt(golden, "action", i)));
            AssertNear(ActionAt(golden, "detokenized", i), ActionSpace.Default.Detokenize(expected));
        }
    }

    private static RobotAction ActionAt(SafetensorsFile golden, string prefix, int i)
    {
        var mode = Read<int>(golden, $"{prefix}_terminate_episode").AsSpan(3 * i, 3);
        return new RobotAction
        {
            Mode = (ControlMode)mode.IndexOf(1),
            WorldVector = new Vector3(Read<float>(golden, $"{prefix}_world_vector").AsSpan(3 * i, 3)),
            RotationDelta = new Vector3(Read<float>(golden, $"{prefix}_rotation_delta").AsSpan(3 * i, 3)),
            GripperClosednessAction = Read<float>(golden, $"{prefix}_gripper_closedness_action")[i],
            BaseDisplacementVerticalRotation = Read<float>(golden, $"{prefix}_base_displacement_vertical_rotation")[i],
            BaseDisplacementVector = new Vector2(Read<float>(golden, $"{prefix}_base_displacement_vector").AsSpan(2 * i, 2)),
        };
    }

    private static void AssertNear(RobotAction golden, RobotAction ours)
    {
        Assert.Equal(golden.Mode, ours.Mode);
        foreach (var ((name, expected), (_, actual)) in golden.Values().Zip(ours.Values()))
            Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"{name}: {actual} instead of {expected}");
    }

    private static T[] Read<T>(SafetensorsFile golden, string name) where T : unmanaged
    {
        using var tensor = golden.Read(name);
        return tensor.data<T>().ToArray();
    }
}
