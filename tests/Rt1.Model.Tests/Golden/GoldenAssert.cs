using Rt1.Model.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>Compares tensors with a golden file by relative error ‖ours − golden‖/‖golden‖, and prints every error.</summary>
internal sealed class GoldenAssert(string source, ITestOutputHelper output)
{
    public const double StageTolerance = 1e-4;
    public const double GradientTolerance = 5e-4;

    private double _largest;

    public void Near(string name, Tensor golden, Tensor ours, double tolerance = StageTolerance)
    {
        Assert.Equal(golden.shape, ours.shape);
        using var scope = NewDisposeScope();
        var difference = ours.to(ScalarType.Float64) - golden.to(ScalarType.Float64);
        var error = (difference.norm() / golden.to(ScalarType.Float64).norm()).item<double>();
        _largest = Math.Max(_largest, error);
        output.WriteLine($"{source} {name}: {error:e2}");
        Assert.True(error <= tolerance, $"{source} {name}: relative error {error:e2} exceeds {tolerance:e0}");
    }

    public void SameTokens(Tensor golden, Tensor ours) =>
        Assert.Equal(golden.to(ScalarType.Int64).flatten().data<long>().ToArray(), ours.to(ScalarType.Int64).flatten().data<long>().ToArray());

    /// <summary>TensorFlow's (N, H, W, C) as ours.</summary>
    public static Tensor ChannelsFirst(Tensor map) => (map.dim() == 3 ? map.unsqueeze(0) : map).permute(0, 3, 1, 2);

    public void PrintLargest() => output.WriteLine($"{source}: largest relative error {_largest:e2}");
}
