using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

// T steps so far (at most the window), K image tokens and A action slots per step, L = T·(K + A), D width, V vocabulary

/// <summary>
/// The transformer for one control step. The action slots carry no tokens, so one pass gives all action tokens exactly; only the newest step's
/// are read, so the last layer computes those A rows alone.
/// </summary>
internal sealed class InferenceTransformer : IDisposable
{
    private readonly CausalTransformer _source;
    private readonly SequenceLayout _window;
    private readonly List<Layer> _layers;
    private readonly Tensor _positions;
    private readonly Tensor _mask;

    public InferenceTransformer(CausalTransformer source, SequenceLayout window)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _source = source;
        _window = window;
        _layers = [.. source.Layers.Select(layer => new Layer(layer))];
        _positions = (source.PositionEmbedding.weight!.t() + source.PositionEmbedding.bias! + source.TokenEmbedding.bias!).DetachFromDisposeScope();
        _mask = window.AdditiveMask().DetachFromDisposeScope();
    }

    /// <summary>One step's image tokens (1, K, E) in the transformer's width, (K, D): this does not depend on the step's place in the window.</summary>
    public Tensor Embed(Tensor imageTokens) => imageTokens.squeeze(0).matmul(_source.TokenEmbedding.weight!.t());

    /// <summary>The newest step's logits, (A, V).</summary>
    /// <param name="steps">The embedded image tokens of the steps in the window, oldest first, each (K, D).</param>
    public Tensor Run(IReadOnlyList<Tensor> steps)
    {
        var layout = _window with { Steps = steps.Count };
        var x = _positions.narrow(0, 0, layout.Length).clone();                                           // (L, D)
        for (var t = 0; t < steps.Count; t++)
            x.narrow(0, t * layout.TokensPerStep, layout.ImageTokens).add_(steps[t]);

        var mask = _mask.narrow(0, 0, layout.Length).narrow(1, 0, layout.Length);
        var firstRead = layout.Length - layout.ActionSlots - 1;
        for (var i = 0; i < _layers.Count; i++)
        {
            var firstRow = i == _layers.Count - 1 ? firstRead : 0;
            x = _layers[i].Run(x, mask, firstRow, i == _layers.Count - 1 ? layout.ActionSlots : layout.Length);
        }
        return _source.Output.call(_source.Norm is null ? x : _source.Norm.call(x));
    }

    public void Dispose()
    {
        _layers.ForEach(layer => layer.Dispose());
        _positions.Dispose();
        _mask.Dispose();
    }

    /// <summary>A transformer layer with queries, keys and values in one product, and the scores' scale in the queries.</summary>
    private sealed class Layer : IDisposable
    {
        private readonly TransformerLayer _source;
        private readonly Tensor _weight;
        private readonly Tensor _bias;
        private readonly int _inner;
        private readonly int _heads;

        public Layer(TransformerLayer source)
        {
            using var scope = NewDisposeScope();
            var attention = source.Attention;
            _source = source;
            _heads = attention.Heads;
            _inner = (int)attention.Query.weight!.shape[0];
            var scale = 1 / Math.Sqrt(_inner / _heads);
            _weight = cat([attention.Query.weight! * scale, attention.Key.weight!, attention.Value.weight!], 0).t().contiguous().DetachFromDisposeScope();
            _bias = cat([attention.Query.bias! * scale, attention.Key.bias!, attention.Value.bias!], 0).DetachFromDisposeScope();
        }

        /// <summary>The layer's output for some of its rows; all rows serve as keys and values.</summary>
        public Tensor Run(Tensor x, Tensor mask, int firstRow, int rows)
        {
            var joined = _bias.addmm(_source.Norm1.call(x), _weight).view(-1, 3, _heads, _inner / _heads);  // (L, 3, heads, key size)
            var query = joined.select(1, 0).narrow(0, firstRow, rows).transpose(0, 1);                    // (heads, rows, key size)
            var (key, value) = (joined.select(1, 1).permute(1, 2, 0), joined.select(1, 2).transpose(0, 1));
            var attention = (query.matmul(key) + mask.narrow(0, firstRow, rows)).softmax(-1);             // (heads, rows, L)
            var mixed = attention.matmul(value).transpose(0, 1).reshape(rows, _inner);
            var y = x.narrow(0, firstRow, rows) + _source.Attention.Output.call(mixed);
            var z = _source.Norm2.call(y);
            return y + _source.FeedForward.call(_source.Hidden is null ? z : nn.functional.gelu(_source.Hidden.call(z)));
        }

        public void Dispose()
        {
            _weight.Dispose();
            _bias.Dispose();
        }
    }
}
