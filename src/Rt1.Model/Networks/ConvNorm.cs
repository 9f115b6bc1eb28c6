using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>
/// Convolution without bias, batch normalisation, and swish where asked.
/// A convolution of stride 2 pads (k/2 − 1, k/2) on both axes: the reference builds its network without knowing the image's size, so it pads
/// as if that were even. 300 rows thus become 150, 75, 37, 18, 9. A convolution of stride 1 pads k/2 on each side.
/// </summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>
{
    private readonly bool _activate;

    public ConvNorm(int input, int output, int kernel, int stride, int groups, bool activate, BackboneConfig config) : base(nameof(ConvNorm))
    {
        Kernel = kernel;
        Stride = stride;
        _activate = activate;
        Conv = Conv2d(input, output, kernel, stride: stride, padding: stride == 1 ? kernel / 2 : 0, groups: groups, bias: false);
        Norm = BatchNorm2d(output, eps: config.BatchNormEpsilon, momentum: 1 - config.BatchNormMomentum);
        register_module("conv", Conv);
        register_module("norm", Norm);
    }

    public int Kernel { get; }

    public int Stride { get; }

    public Conv2d Conv { get; }

    public BatchNorm2d Norm { get; }

    public override Tensor forward(Tensor x)
    {
        x = Norm.call(Conv.call(Pad(x, Kernel, Stride)));
        return _activate ? functional.silu(x) : x;
    }

    /// <summary>The reference's padding before a convolution of stride 2; nothing for stride 1, which pads in the convolution.</summary>
    public static Tensor Pad(Tensor x, int kernel, int stride)
    {
        var (before, after) = (kernel / 2 - 1, kernel / 2);
        return stride == 1 ? x : functional.pad(x, [before, after, before, after]);
    }
}
