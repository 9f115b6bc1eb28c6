using OneDnn;
using Rt1.Model.Networks;

namespace Rt1.Model.Inference.Fused;

/// <summary>
/// One pre-norm layer over L rows that updates <c>count</c> rows from one of a few starts: all rows, or in the last layer those that are read.
/// </summary>
internal sealed class FusedTransformerLayer : IDisposable
{
    private readonly OneDnn.LayerNorm _norm1;
    private readonly OneDnn.LayerNorm _norm2;
    private readonly Layer _query;
    private readonly Layer _keyValue;
    private readonly Attention[] _attentionByStart;
    private readonly Layer _mix;
    private readonly Layer? _hidden;
    private readonly Layer _feedForward;
    private readonly float[] _normed;
    private readonly float[] _queries;
    private readonly float[] _keysValues;
    private readonly float[] _mixed;
    private readonly float[] _hiddenRows;
    private readonly int[] _starts;
    private readonly int _width;
    private readonly int _inner;

    /// <param name="module">The layer's weights.</param>
    /// <param name="rows">L.</param>
    /// <param name="count">How many rows one run updates.</param>
    /// <param name="starts">The first updated row of each kind of run.</param>
    /// <param name="mask">(L, L), added to the scores.</param>
    public FusedTransformerLayer(TransformerLayer module, int rows, int count, int[] starts, float[] mask)
    {
        var residual = new Fusion { Accumulate = true };
        var attention = module.Attention;
        _inner = (int)attention.Query.weight!.shape[0];
        _norm1 = Folding.Norm(module.Norm1);
        _norm2 = Folding.Norm(module.Norm2);
        _query = Folding.Linear(count, default, attention.Query);
        _keyValue = Folding.Linear(rows, default, attention.Key, attention.Value);
        _starts = starts;
        _attentionByStart = [.. starts.Select(start =>
            new Attention(count, rows, attention.Heads, _inner / attention.Heads, _inner, 2 * _inner, mask.AsSpan(start * rows, count * rows)))];
        _mix = Folding.Linear(count, residual, attention.Output);
        _hidden = module.Hidden is null ? null : Folding.Linear(count, new Fusion { Activation = Activation.GeluErf }, module.Hidden);
        _feedForward = Folding.Linear(count, residual, module.FeedForward);

        _width = _keyValue.InputLength / rows;
        _normed = new float[rows * _width];
        _queries = new float[count * _inner];
        _keysValues = new float[rows * 2 * _inner];
        _mixed = new float[count * _inner];
        _hiddenRows = new float[_hidden?.OutputLength ?? 0];
    }

    /// <param name="x">(L, D), updated in place.</param>
    /// <param name="start">Which of the starts.</param>
    public void Run(Span<float> x, int start)
    {
        var (first, length) = (_starts[start] * _width, _query.InputLength);
        var updated = x.Slice(first, length);
        _norm1.Run(x, _normed);
        _query.Run(_normed.AsSpan(first, length), _queries);
        _keyValue.Run(_normed, _keysValues);
        _attentionByStart[start].Run(_queries, _keysValues, _keysValues.AsSpan(_inner), _mixed);
        _mix.Run(_mixed, updated);

        var normed = _normed.AsSpan(0, updated.Length);
        _norm2.Run(updated, normed);
        if (_hidden is null)
        {
            _feedForward.Run(normed, updated);
            return;
        }
        _hidden.Run(normed, _hiddenRows);
        _feedForward.Run(_hiddenRows, updated);
    }

    public void Dispose()
    {
        foreach (var layer in new[] { _query, _keyValue, _mix, _hidden, _feedForward })
            layer?.Dispose();
        foreach (var attention in _attentionByStart)
            attention.Dispose();
    }
}
