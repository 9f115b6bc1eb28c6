using Rt1.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Training;

// N = B·T steps, A action tokens per step, V vocabulary

/// <summary>Cross-entropy of the action tokens, the labels of continuous motion spread over neighbouring bins.</summary>
internal sealed class TokenLoss : IDisposable
{
    private readonly Tensor? _targets;
    private readonly Tensor? _rows;

    /// <param name="sigma">Standard deviation of the spread in bins; 0 for none.</param>
    public TokenLoss(ActionSpace space, double sigma, Device device)
    {
        if (sigma == 0)
            return;
        var vocabulary = space.VocabularySize;
        var targets = new float[2 * vocabulary * vocabulary];
        for (var token = 0; token < vocabulary; token++)
        {
            Spread(targets.AsSpan(token * vocabulary, vocabulary), token, sigma);
            targets[(vocabulary + token) * vocabulary + token] = 1;
        }
        _targets = tensor(targets, [2 * vocabulary, vocabulary]).to(device).DetachFromDisposeScope();
        long[] rows = [.. space.Fields.SelectMany(f => Enumerable.Repeat(IsMotion(f) ? 0L : vocabulary, f.TokenCount))];
        _rows = tensor(rows).to(device).DetachFromDisposeScope();
    }

    /// <param name="logits">(B, T, A, V), float32.</param>
    /// <param name="tokens">(B, T, A).</param>
    /// <returns>Nats (B, T), the mean over a step's tokens.</returns>
    public Tensor PerStep(Tensor logits, Tensor tokens)
    {
        var (b, t, a) = (logits.shape[0], logits.shape[1], logits.shape[2]);
        if (_targets is null)
            return functional.cross_entropy(logits.flatten(0, 2), tokens.flatten(), reduction: Reduction.None).view(b, t, a).mean([2]);
        var targets = _targets.index_select(0, (tokens + _rows!).flatten());                              // (N·A, V)
        return -(logits.flatten(0, 2).log_softmax(-1) * targets).sum(-1).view(b, t, a).mean([2]);
    }

    /// <summary>Whether a field's labels are spread: displacements and rotations, not the gripper, not the mode.</summary>
    internal static bool IsMotion(ActionField field) =>
        field.Kind == ActionFieldKind.Continuous && field.Name != ActionFields.GripperClosednessAction;

    public void Dispose()
    {
        _targets?.Dispose();
        _rows?.Dispose();
    }

    private static void Spread(Span<float> row, int token, double sigma)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
            sum += row[i] = (float)Math.Exp(-0.5 * (i - token) * (i - token) / (sigma * sigma));
        foreach (ref var value in row)
            value /= (float)sum;
    }
}
