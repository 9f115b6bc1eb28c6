using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>An inverted-residual block (EfficientNet's, or the fused one of EfficientNetV2) followed by FiLM, after the residual add.</summary>
internal sealed class MbConvBlock : Module<Tensor, Tensor, Tensor>
{
    public MbConvBlock(BlockShape shape, int contextSize, BackboneConfig config) : base(nameof(MbConvBlock))
    {
        Shape = shape;
        if (shape.Kind == BlockKind.FusedMbConv)
        {
            Expand = new ConvNorm(shape.Input, shape.Expanded, shape.Kernel, shape.Stride, groups: 1, activate: true, config);
        }
        else
        {
            if (shape.Expanded != shape.Input)
                Expand = new ConvNorm(shape.Input, shape.Expanded, kernel: 1, stride: 1, groups: 1, activate: true, config);
            Depthwise = new ConvNorm(shape.Expanded, shape.Expanded, shape.Kernel, shape.Stride, groups: shape.Expanded, activate: true, config);
            Squeeze = new SqueezeExcitation(shape.Expanded, shape.Squeezed);
        }
        Project = new ConvNorm(shape.Expanded, shape.Output, kernel: 1, stride: 1, groups: 1, activate: false, config);
        Film = new FilmLayer(contextSize, shape.Output);

        if (Expand is not null)
            register_module("expand", Expand);
        if (Depthwise is not null)
            register_module("depthwise", Depthwise);
        if (Squeeze is not null)
            register_module("squeeze", Squeeze);
        register_module("project", Project);
        register_module("film", Film);
    }

    public BlockShape Shape { get; }

    public ConvNorm? Expand { get; }

    public ConvNorm? Depthwise { get; }

    public SqueezeExcitation? Squeeze { get; }

    public ConvNorm Project { get; }

    public FilmLayer Film { get; }

    public override Tensor forward(Tensor x, Tensor context)
    {
        var y = Expand is null ? x : Expand.call(x);
        y = Depthwise is null ? y : Depthwise.call(y);
        y = Squeeze is null ? y : Squeeze.call(y);
        y = Project.call(y);
        return Film.call(Shape.Residual ? x + DropConnect(y) : y, context);
    }

    /// <summary>In training, leaves out the whole branch of some images and scales the others up.</summary>
    private Tensor DropConnect(Tensor y) =>
        training && Shape.DropConnect > 0 ? y * functional.dropout(ones_like(y.narrow(1, 0, 1).narrow(2, 0, 1).narrow(3, 0, 1)), Shape.DropConnect, training: true) : y;
}

/// <summary>Squeeze-and-excitation (arXiv 1709.01507): each channel is scaled by a gate that sees all channels' means.</summary>
internal sealed class SqueezeExcitation : Module<Tensor, Tensor>
{
    public SqueezeExcitation(int channels, int squeezed) : base(nameof(SqueezeExcitation))
    {
        Reduce = Conv2d(channels, squeezed, 1);
        Expand = Conv2d(squeezed, channels, 1);
        register_module("reduce", Reduce);
        register_module("expand", Expand);
    }

    public Conv2d Reduce { get; }

    public Conv2d Expand { get; }

    public override Tensor forward(Tensor x) =>
        x * sigmoid(Expand.call(functional.silu(Reduce.call(x.mean([2, 3], keepdim: true)))));
}
