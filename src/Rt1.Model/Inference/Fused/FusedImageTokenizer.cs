using OneDnn;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference.Fused;

// S image size, P positions of the feature map, E embedding size, K tokens per image

/// <summary>
/// The image tokenizer for inference on a processor: batch norms folded, activations, residuals and FiLM fused into the convolutions,
/// channels last throughout. Equal to <see cref="ImageTokenizer"/> within float32 rounding.
/// </summary>
internal sealed class FusedImageTokenizer : IDisposable
{
    private readonly ImageTokenizer _module;
    private readonly Layer _stem;
    private readonly FusedBlock[] _blocks;
    private readonly Layer? _top;
    private readonly Layer _head;
    private readonly FusedTokenLearner _tokenLearner;
    private readonly float[]? _mapPosition;
    private readonly (float[] Scale, float[] Shift) _normalization;
    private readonly float[] _pixels;
    private readonly float[][] _maps;
    private readonly (float[], float[]) _inner;
    private readonly float[] _topMap;
    private readonly float[] _headMap;

    public FusedImageTokenizer(ImageTokenizer module, int imageSize)
    {
        using var scope = NewDisposeScope();
        _module = module;
        var backbone = module.Backbone;
        _stem = Folding.Convolution(backbone.Stem, imageSize, new Fusion { Activation = Activation.Swish });
        var size = imageSize / 2;
        _blocks = new FusedBlock[backbone.Blocks.Count];
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new FusedBlock(backbone.Blocks[i], size);
            size = _blocks[i].OutputSize;
        }
        _top = backbone.Top is null ? null : Folding.Convolution(backbone.Top, size, new Fusion { Activation = Activation.Swish });
        _head = Folding.Pointwise(module.Head, size * size, new Fusion { Modulate = true });
        _tokenLearner = new FusedTokenLearner(module.TokenLearner, size * size);
        _mapPosition = module.MapPosition is null ? null : Folding.Floats(module.MapPosition);
        var (scale, shift) = module.NormalizationFactors();
        _normalization = (Folding.Floats(scale), Folding.Floats(shift));

        _pixels = Buffer(_stem.InputLength);
        var map = Math.Max(_stem.OutputLength, _blocks.Max(b => b.OutputLength));
        _maps = [Buffer(map), Buffer(map)];
        var inner = _blocks.Max(b => b.InnerLength);
        _inner = (Buffer(inner), Buffer(inner));
        _topMap = Buffer(_head.InputLength);
        _headMap = Buffer(_head.OutputLength);
    }

    /// <summary>Takes an instruction: all FiLM factors, computed once.</summary>
    /// <param name="context">(1, context size).</param>
    public void SetContext(Tensor context)
    {
        using var scope = NewDisposeScope();
        foreach (var block in _blocks)
            block.SetContext(context);
        var (scale, shift) = _module.HeadFilm.Factors(context);
        _head.Modulate(Folding.Floats(scale), Folding.Floats(shift));
    }

    /// <param name="image">(1, 3, S, S) in [0, 1].</param>
    /// <param name="tokens">Receives the image tokens (K, E).</param>
    /// <param name="attention">Receives TokenLearner's weights (K, P); may be empty.</param>
    public void Run(Tensor image, Span<float> tokens, Span<float> attention = default)
    {
        Normalize(image);
        var (map, other) = (_maps[0], _maps[1]);
        var length = _stem.OutputLength;
        _stem.Run(_pixels, map.AsSpan(0, length));
        foreach (var block in _blocks)
        {
            block.Run(map.AsSpan(0, length), other.AsSpan(0, block.OutputLength), _inner);
            length = block.OutputLength;
            if (!block.InPlace)
                (map, other) = (other, map);
        }
        ReadOnlySpan<float> features = map.AsSpan(0, length);
        if (_top is not null)
        {
            _top.Run(features, _topMap);
            features = _topMap;
        }
        _head.Run(features, _headMap);
        for (var i = 0; i < (_mapPosition?.Length ?? 0); i++)
            _headMap[i] += _mapPosition![i];
        _tokenLearner.Run(_headMap, tokens, attention);
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
            block.Dispose();
        foreach (var layer in new[] { _stem, _top, _head })
            layer?.Dispose();
        _tokenLearner.Dispose();
    }

    private void Normalize(Tensor image)
    {
        using var scope = NewDisposeScope();
        image.permute(0, 2, 3, 1).contiguous().data<float>().CopyTo(_pixels);
        var (scale, shift) = _normalization;
        for (var i = 0; i < _pixels.Length; i += 3)
        {
            _pixels[i] = _pixels[i] * scale[0] + shift[0];
            _pixels[i + 1] = _pixels[i + 1] * scale[1] + shift[1];
            _pixels[i + 2] = _pixels[i + 2] * scale[2] + shift[2];
        }
    }

    private static float[] Buffer(int length) => GC.AllocateUninitializedArray<float>(length, pinned: true);
}
