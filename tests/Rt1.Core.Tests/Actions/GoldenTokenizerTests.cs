using System.Runtime.InteropServices;
using System.Text.Json;
using Rt1.Testing;

namespace Rt1.Core.Tests;

/// <summary>The tokenizer at bin edges, beside the bounds and beyond them, against tensors of the reference implementation.</summary>
public sealed class GoldenTokenizerTests
{
    private readonly byte[] _file = File.ReadAllBytes(Repository.Shared("golden", "rt1", "tokenizer.safetensors"));

    [Fact]
    public void Tokenize_ReferenceActions_GivesTheReferencesTokens()
    {
        var expected = Tensor<int>("tokens");
        var actions = Actions("action_");

        for (var i = 0; i < actions.Length; i++)
            Assert.Equal(expected[(i * 11)..(i * 11 + 11)], ActionSpace.Default.Tokenize(actions[i]));
    }

    [Fact]
    public void Detokenize_ReferenceTokens_GivesTheReferencesActions()
    {
        var tokens = Tensor<int>("tokens");
        var expected = Actions("detokenized_");

        for (var i = 0; i < expected.Length; i++)
        {
            var action = ActionSpace.Default.Detokenize(tokens.AsSpan(i * 11, 11));
            Assert.Equal(expected[i].Mode, action.Mode);
            foreach (var ((name, want), (_, got)) in expected[i].Values().Zip(action.Values()))
                Assert.True(Math.Abs(want - got) <= 3e-7f, $"action {i}: {name} must be {want:G9}, is {got:G9}");
        }
    }

    private RobotAction[] Actions(string prefix)
    {
        var mode = Tensor<int>(prefix + ActionFields.TerminateEpisode);
        var world = Tensor<float>(prefix + ActionFields.WorldVector);
        var rotation = Tensor<float>(prefix + ActionFields.RotationDelta);
        var gripper = Tensor<float>(prefix + ActionFields.GripperClosednessAction);
        var turn = Tensor<float>(prefix + ActionFields.BaseDisplacementVerticalRotation);
        var drive = Tensor<float>(prefix + ActionFields.BaseDisplacementVector);
        return [.. Enumerable.Range(0, gripper.Length).Select(i => new RobotAction
        {
            Mode = (ControlMode)mode.AsSpan(3 * i, 3).IndexOf(1),
            WorldVector = new(world.AsSpan(3 * i, 3)),
            RotationDelta = new(rotation.AsSpan(3 * i, 3)),
            GripperClosednessAction = gripper[i],
            BaseDisplacementVerticalRotation = turn[i],
            BaseDisplacementVector = new(drive.AsSpan(2 * i, 2)),
        })];
    }

    // safetensors: a length, a JSON header, then the tensors, little-endian.
    private T[] Tensor<T>(string name) where T : struct
    {
        var header = (int)BitConverter.ToUInt64(_file);
        using var json = JsonDocument.Parse(_file.AsMemory(8, header));
        var offsets = json.RootElement.GetProperty(name).GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
        return MemoryMarshal.Cast<byte, T>(_file.AsSpan(8 + header + start, end - start)).ToArray();
    }
}
