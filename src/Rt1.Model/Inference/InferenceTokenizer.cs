using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>
/// The image tokenizer for one frame at a time: the same function as <see cref="ImageTokenizer"/> in evaluation, to rounding, arranged for
/// speed. What depends on the weights alone is computed once, what depends on the instruction once per instruction.
/// </summary>
internal sealed class InferenceTokenizer : IDisposable
{
    private readonly ImageTokenizer _source;
    private readonly int _imageSize;
    private readonly FoldedConvolution _stem;
    private readonly List<InferenceBlock> _blocks;
    private readonly FoldedConvolution? _top;
    private readonly Tensor _scale;
    private readonly Tensor _shift;
    private Tensor? _head;
    private Tensor? _headShift;

    public InferenceTokenizer(ImageTokenizer source, int imageSize)
    {
        using var noGrad = no_grad();
        _source = source;
        _imageSize = imageSize;
        _stem = new FoldedConvolution(source.Backbone.Stem);
        _blocks = [.. source.Backbone.Blocks.Select(block => new InferenceBlock(block))];
        _top = source.Backbone.Top is null ? null : new FoldedConvolution(source.Backbone.Top);
        using var scope = NewDisposeScope();
        var (scale, shift) = source.NormalizationFactors();
        (_scale, _shift) = (scale.view(1, -1, 1, 1).DetachFromDisposeScope(), shift.view(1, -1, 1, 1).DetachFromDisposeScope());
    }

    /// <summary>Takes the embedding (1, C) of the instruction that the following frames are seen under.</summary>
    public void Condition(Tensor context)
    {
        using var scope = NewDisposeScope();
        foreach (var block in _blocks)
            block.Condition(context);
        var (scale, shift) = _source.HeadFilm.Factors(context);
        _head?.Dispose();
        _headShift?.Dispose();
        _head = (_source.Head.weight!.flatten(1).t() * scale).contiguous().DetachFromDisposeScope();      // (channels, E)
        _headShift = shift.squeeze(0).DetachFromDisposeScope();
    }

    /// <param name="frame">(1, H, W, 3) uint8.</param>
    /// <returns>Image tokens (1, K, E).</returns>
    public Tensor Tokenize(Tensor frame)
    {
        var image = _shift.addcmul(ImagePreprocessing.ToNetwork(frame, _imageSize), _scale, 1);
        image = ConvNorm.Pad(image, _stem.Kernel, _stem.Stride);
        image = FeatureMap.FromImage(image).AsImage();
        var map = FeatureMap.FromImage(nn.functional.conv2d(image, _stem.Weight, _stem.Bias, [2, 2]));
        nn.functional.silu(map.Cells, inplace: true);
        foreach (var block in _blocks)
        {
            using var scope = NewDisposeScope();
            var next = block.Run(map);
            map = next with { Cells = next.Cells.MoveToOuterDisposeScope() };
        }
        var cells = _top is null ? map.Cells : nn.functional.silu(_top.Bias.addmm(map.Cells, _top.Matrix()), inplace: true);
        cells = _headShift!.addmm(cells, _head!).unsqueeze(0);
        return _source.TokenLearner.call(_source.MapPosition is null ? cells : cells + _source.MapPosition);
    }

    public void Dispose()
    {
        _stem.Dispose();
        _blocks.ForEach(block => block.Dispose());
        _top?.Dispose();
        _scale.Dispose();
        _shift.Dispose();
        _head?.Dispose();
        _headShift?.Dispose();
    }
}
