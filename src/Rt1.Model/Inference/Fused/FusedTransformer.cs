using OneDnn;
using Rt1.Model.Networks;

namespace Rt1.Model.Inference.Fused;

// T window, K image tokens and A action slots per step, L = T·(K + A), D width, E embedding size, V vocabulary

/// <summary>
/// The transformer for one control step on a processor: a single pass over the window that computes, in the last layer, only the rows
/// that are read. Equal to <see cref="CausalTransformer"/> within float32 rounding.
/// </summary>
internal sealed class FusedTransformer : IDisposable
{
    private readonly SequenceLayout _layout;
    private readonly Layer _tokenEmbedding;
    private readonly float[] _positions;
    private readonly FusedTransformerLayer[] _layers;
    private readonly FusedTransformerLayer _last;
    private readonly OneDnn.LayerNorm? _norm;
    private readonly Layer _output;
    private readonly float[] _embedded;
    private readonly float[] _x;
    private readonly int _width;

    public FusedTransformer(CausalTransformer module, SequenceLayout layout)
    {
        _layout = layout;
        _width = (int)module.TokenEmbedding.weight!.shape[0];
        _tokenEmbedding = Folding.Linear(layout.Steps * layout.ImageTokens, default, module.TokenEmbedding);
        _positions = Positions(module);
        var mask = layout.AdditiveMask();
        var layers = module.Layers.ToArray();
        _layers = [.. layers[..^1].Select(layer => new FusedTransformerLayer(layer, layout.Length, layout.Length, [0], mask))];
        var starts = Enumerable.Range(0, layout.Steps).Select(layout.FirstReadPosition);
        _last = new FusedTransformerLayer(layers[^1], layout.Length, layout.ActionSlots, [.. starts], mask);
        _norm = module.Norm is null ? null : Folding.Norm(module.Norm);
        _output = Folding.Linear(layout.ActionSlots, default, module.Output);
        _embedded = new float[_tokenEmbedding.OutputLength];
        _x = new float[layout.Length * _width];
    }

    /// <param name="imageTokens">The window's image tokens (T, K, E); zeros where it is not filled yet.</param>
    /// <param name="slot">The step whose action is read, 0 ≤ slot &lt; T.</param>
    /// <param name="logits">Receives (A, V).</param>
    public void Run(ReadOnlySpan<float> imageTokens, int slot, Span<float> logits)
    {
        Embed(imageTokens);
        foreach (var layer in _layers)
            layer.Run(_x, 0);
        _last.Run(_x, slot);
        var read = _x.AsSpan(_layout.FirstReadPosition(slot) * _width, _layout.ActionSlots * _width);
        _norm?.Run(read, read);
        _output.Run(read, logits);
    }

    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
        _last.Dispose();
        _tokenEmbedding.Dispose();
        _output.Dispose();
    }

    /// <summary>Position embeddings everywhere; the image tokens' embedding replaces that of an empty slot.</summary>
    private void Embed(ReadOnlySpan<float> imageTokens)
    {
        _tokenEmbedding.Run(imageTokens, _embedded);
        _positions.CopyTo(_x, 0);
        for (var row = 0; row < _embedded.Length / _width; row++)
        {
            var (step, token) = (row / _layout.ImageTokens, row % _layout.ImageTokens);
            var x = _x.AsSpan((step * _layout.TokensPerStep + token) * _width, _width);
            var embedded = _embedded.AsSpan(row * _width, _width);
            for (var i = 0; i < _width; i++)
                x[i] += embedded[i];
        }
    }

    /// <summary>What a row holds before its image token is added: the position's embedding, and for an action slot the embedding of nothing.</summary>
    private float[] Positions(CausalTransformer module)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var positions = Folding.Floats(module.PositionEmbedding.weight!.t() + module.PositionEmbedding.bias!);
        var nothing = Folding.Floats(module.TokenEmbedding.bias!);
        for (var i = 0; i < positions.Length; i++)
        {
            if (_layout.IsActionSlot(i / _width))
                positions[i] += nothing[i % _width];
        }
        return positions;
    }
}
