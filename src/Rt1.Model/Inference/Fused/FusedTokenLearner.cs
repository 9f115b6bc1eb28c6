using OneDnn;
using Rt1.Model.Networks;

namespace Rt1.Model.Inference.Fused;

// P positions of the feature map, E embedding size, K tokens

/// <summary>TokenLearner for inference on a processor.</summary>
internal sealed class FusedTokenLearner : IDisposable
{
    private readonly OneDnn.LayerNorm _norm;
    private readonly Layer _hidden;
    private readonly Layer _output;
    private readonly float[] _normed;
    private readonly float[] _hiddenMap;
    private readonly float[] _weights;
    private readonly int _positions;

    public FusedTokenLearner(TokenLearner module, int positions)
    {
        _positions = positions;
        _norm = Folding.Norm(module.Norm);
        _hidden = Folding.Linear(positions, new Fusion { Activation = Activation.GeluTanh }, module.Hidden);
        _output = Folding.Linear(positions, default, module.Output);
        _normed = new float[_hidden.InputLength];
        _hiddenMap = new float[_hidden.OutputLength];
        _weights = new float[_output.OutputLength];
    }

    /// <param name="cells">The feature map (P, E).</param>
    /// <param name="tokens">Receives (K, E).</param>
    /// <param name="attention">Receives each token's weights over the positions (K, P); may be empty.</param>
    public void Run(ReadOnlySpan<float> cells, Span<float> tokens, Span<float> attention = default)
    {
        _norm.Run(cells, _normed);
        _hidden.Run(_normed, _hiddenMap);
        _output.Run(_hiddenMap, _weights);
        var (count, width) = (_weights.Length / _positions, cells.Length / _positions);
        for (var k = 0; k < count; k++)
        {
            SoftmaxOverPositions(k, count);
            var token = tokens.Slice(k * width, width);
            token.Clear();
            for (var p = 0; p < _positions; p++)
            {
                var weight = _weights[p * count + k];
                var cell = cells.Slice(p * width, width);
                for (var c = 0; c < token.Length; c++)
                    token[c] += weight * cell[c];
                if (!attention.IsEmpty)
                    attention[k * _positions + p] = weight;
            }
        }
    }

    public void Dispose()
    {
        _hidden.Dispose();
        _output.Dispose();
    }

    private void SoftmaxOverPositions(int k, int count)
    {
        var (max, sum) = (float.NegativeInfinity, 0f);
        for (var i = k; i < _weights.Length; i += count)
            max = Math.Max(max, _weights[i]);
        for (var i = k; i < _weights.Length; i += count)
            sum += _weights[i] = MathF.Exp(_weights[i] - max);
        for (var i = k; i < _weights.Length; i += count)
            _weights[i] /= sum;
    }
}
