using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Networks;

/// <summary>The reference's behaviour-cloning loss: cross-entropy of the action tokens.</summary>
public static class Rt1Loss
{
    /// <summary>
    /// Cross-entropy divided by B·T·(K + A), then the mean over a step's action tokens. The division is the reference's; Adam does not feel it.
    /// </summary>
    /// <param name="logits">(B, T, A, V).</param>
    /// <param name="tokens">The demonstrated action tokens (B, T, A), int64.</param>
    /// <param name="tokensPerStep">K + A: image tokens and action slots of one step.</param>
    /// <param name="padding">(B, T), 1 where a step is real and 0 where it pads a short episode; null when all are real.</param>
    /// <returns>(B, T).</returns>
    public static Tensor PerStep(Tensor logits, Tensor tokens, int tokensPerStep, Tensor? padding = null)
    {
        var (b, t) = (logits.shape[0], logits.shape[1]);
        var entropy = nn.functional.cross_entropy(logits.flatten(0, 2), tokens.flatten(), reduction: nn.Reduction.None);
        var loss = (entropy / (b * t * tokensPerStep)).view(b, t, -1).mean([2]);
        return padding is null ? loss : loss * padding;
    }

    /// <summary>The mean of <see cref="PerStep"/> over all B·T steps; padding counts as zero.</summary>
    public static Tensor Mean(Tensor logits, Tensor tokens, int tokensPerStep, Tensor? padding = null) =>
        PerStep(logits, tokens, tokensPerStep, padding).mean();
}
