using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>A convolution with its batch normalisation folded in: the same function with one weight and one bias.</summary>
internal sealed class FoldedConvolution : IDisposable
{
    public FoldedConvolution(ConvNorm source)
    {
        using var scope = NewDisposeScope();
        var norm = source.Norm;
        var scale = norm.weight! / (norm.running_var! + norm.eps).sqrt();
        Kernel = source.Kernel;
        Stride = source.Stride;
        Weight = (source.Conv.weight! * scale.view(-1, 1, 1, 1)).contiguous().DetachFromDisposeScope();
        Bias = (norm.bias! - norm.running_mean! * scale).DetachFromDisposeScope();
    }

    public int Kernel { get; }

    public int Stride { get; }

    /// <summary>(out, in / groups, k, k).</summary>
    public Tensor Weight { get; }

    /// <summary>(out).</summary>
    public Tensor Bias { get; }

    /// <summary>The weight of a 1×1 convolution as a matrix (in, out), for cells × in times in × out.</summary>
    public Tensor Matrix() => Weight.flatten(1).t();

    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
    }
}
