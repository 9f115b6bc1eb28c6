using OneDnn;
using Rt1.Model.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rt1.Model.Inference.Fused;

/// <summary>Turns modules of the network into layers that run alone: batch norm folded in, weights packed.</summary>
internal static class Folding
{
    /// <summary>A convolution with its batch norm, over a square map.</summary>
    public static Layer Convolution(ConvNorm module, int size, Fusion fusion)
    {
        using var scope = NewDisposeScope();
        var norm = module.Norm;
        var scale = norm.weight! / (norm.running_var! + norm.eps).sqrt();
        var weights = module.Conv.weight! * scale.view(-1, 1, 1, 1);
        var bias = norm.bias! - norm.running_mean! * scale;
        var (before, after) = module.Stride == 1 ? (module.Kernel / 2, module.Kernel / 2) : (module.Kernel / 2 - 1, module.Kernel / 2);
        var channels = (int)weights.shape[0];
        var groups = (int)module.Conv.groups;
        var shape = new ConvolutionShape(size, size, (int)weights.shape[1] * groups, channels, module.Kernel, module.Stride, groups, before, after);
        return Layer.Convolution(shape, fusion, Floats(weights), Floats(bias));
    }

    /// <summary>A 1×1 convolution without batch norm, over a map of so many positions.</summary>
    public static Layer Pointwise(Conv2d module, int positions, Fusion fusion)
    {
        var weights = Floats(module.weight!);
        return Layer.Linear(positions, fusion, weights, module.bias is null ? new float[module.weight!.shape[0]] : Floats(module.bias));
    }

    /// <summary>Dense layers that read the same rows, as one.</summary>
    public static Layer Linear(int rows, Fusion fusion, params Linear[] modules) =>
        Layer.Linear(rows, fusion, [.. modules.SelectMany(m => Floats(m.weight!))], [.. modules.SelectMany(m => Floats(m.bias!))]);

    public static OneDnn.LayerNorm Norm(TorchSharp.Modules.LayerNorm module) =>
        new((float)module.eps, Floats(module.weight!), Floats(module.bias!));

    /// <summary>The tensor's numbers, row by row.</summary>
    public static float[] Floats(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
