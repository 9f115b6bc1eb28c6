using Rt1.Configuration;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>
/// One backbone block for a single image. Batch normalisation is folded into the convolutions, FiLM into the projection (its factors follow
/// from the instruction alone), and the squeeze-and-excitation gates into whichever is smaller: the projection's weights or the map.
/// </summary>
internal sealed class InferenceBlock : IDisposable
{
    private readonly BlockShape _shape;
    private readonly FilmLayer _film;
    private readonly FoldedConvolution? _expand;
    private readonly FoldedConvolution? _depthwise;
    private readonly FoldedConvolution _project;
    private readonly SqueezeExcitation? _squeeze;
    private Tensor? _projection;
    private Tensor? _bias;
    private Tensor? _residualScale;

    public InferenceBlock(MbConvBlock source)
    {
        _shape = source.Shape;
        _film = source.Film;
        _squeeze = source.Squeeze;
        _expand = source.Expand is null ? null : new FoldedConvolution(source.Expand);
        _depthwise = source.Depthwise is null ? null : new FoldedConvolution(source.Depthwise);
        _project = new FoldedConvolution(source.Project);
    }

    /// <summary>Takes an instruction's embedding (1, C): film(conv(h) + x) becomes conv'(h) + scale·x.</summary>
    public void Condition(Tensor context)
    {
        using var scope = NewDisposeScope();
        var (scale, shift) = _film.Factors(context);
        var (projection, bias) = ((_project.Matrix() * scale).contiguous(), (_project.Bias * scale + shift).squeeze(0));
        Forget();
        _projection = projection.DetachFromDisposeScope();
        _bias = bias.DetachFromDisposeScope();
        _residualScale = _shape.Residual ? scale.squeeze(0).DetachFromDisposeScope() : null;
    }

    public FeatureMap Run(FeatureMap x)
    {
        var (height, width) = (x.Height, x.Width);
        var h = _shape.Kind == BlockKind.FusedMbConv ? Activate(Convolve(x, _expand!, groups: 1)) : Depthwise(x);
        var projection = _projection!;
        if (_squeeze is not null)
        {
            var gate = Gate(h.Cells);                                                                     // (C)
            if (h.Cells.shape[0] > projection.shape[1])
                projection = projection * gate.unsqueeze(1);
            else
                h.Cells.mul_(gate);
        }
        var cells = _residualScale is null
            ? _bias!.addmm(h.Cells, projection)
            : _bias!.addcmul(x.Cells, _residualScale, 1).addmm_(h.Cells, projection);
        return new FeatureMap(cells, h.Height, h.Width);
    }

    /// <summary>
    /// Expansion and depthwise convolution. With stride 2 the narrow input is padded before the expansion, and the border cleared after it:
    /// that moves far less memory than padding the wide map.
    /// </summary>
    private FeatureMap Depthwise(FeatureMap x)
    {
        var padded = _shape.Stride == 1 || _expand is null ? x : Pad(x);
        if (_expand is not null)
        {
            x = Activate(padded with { Cells = _expand.Bias.addmm(padded.Cells, _expand.Matrix()) });
            if (_shape.Stride == 2)
                ClearBorder(x);
        }
        return Activate(Convolve(x, _depthwise!, groups: _shape.Expanded, padded: _expand is not null));
    }

    private FeatureMap Convolve(FeatureMap x, FoldedConvolution convolution, int groups, bool padded = false)
    {
        var image = x.AsImage();
        if (!padded)
            image = ConvNorm.Pad(image, convolution.Kernel, convolution.Stride);
        var padding = convolution.Stride == 1 ? convolution.Kernel / 2 : 0;
        var (stride, around) = ((long[])[convolution.Stride, convolution.Stride], (long[])[padding, padding]);
        return FeatureMap.FromImage(nn.functional.conv2d(image, convolution.Weight, convolution.Bias, stride, around, groups: groups));
    }

    private FeatureMap Pad(FeatureMap x) => FeatureMap.FromImage(ConvNorm.Pad(x.AsImage(), _shape.Kernel, _shape.Stride));

    private void ClearBorder(FeatureMap x)
    {
        var (before, after) = (_shape.Kernel / 2 - 1, _shape.Kernel / 2);
        var map = x.Cells.view(x.Height, x.Width, x.Channels);
        foreach (var (axis, size) in ((int, long)[])[(0, x.Height), (1, x.Width)])
        {
            map.narrow(axis, 0, before).zero_();
            map.narrow(axis, size - after, after).zero_();
        }
    }

    private Tensor Gate(Tensor cells)
    {
        var (reduce, expand) = (_squeeze!.Reduce, _squeeze.Expand);
        var hidden = reduce.bias!.addmv(reduce.weight!.flatten(1), cells.mean([0]));
        return expand.bias!.addmv(expand.weight!.flatten(1), nn.functional.silu(hidden)).sigmoid_();
    }

    private static FeatureMap Activate(FeatureMap x)
    {
        nn.functional.silu(x.Cells, inplace: true);
        return x;
    }

    private void Forget()
    {
        _projection?.Dispose();
        _bias?.Dispose();
        _residualScale?.Dispose();
    }

    public void Dispose()
    {
        Forget();
        _expand?.Dispose();
        _depthwise?.Dispose();
        _project.Dispose();
    }
}
