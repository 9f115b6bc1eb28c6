using Rt1.Configuration;
using Rt1.Core;

namespace Rt1.Model.Inference;

/// <summary>Chooses action tokens from logits.</summary>
/// <param name="space">The action space; a row of logits per token.</param>
/// <param name="config">Which tokens are allowed, and how motion is read.</param>
public sealed class ActionDecoder(ActionSpace space, DecodeConfig config)
{
    /// <param name="logits">(A, V), row by row.</param>
    public int[] Tokens(ReadOnlySpan<float> logits)
    {
        var tokens = new int[space.TokenCount];
        var next = 0;
        foreach (var field in space.Fields)
        {
            for (var i = 0; i < field.TokenCount; i++, next++)
                tokens[next] = Token(field, logits.Slice(next * space.VocabularySize, space.VocabularySize));
        }
        return tokens;
    }

    private int Token(ActionField field, ReadOnlySpan<float> logits) => field switch
    {
        { Kind: ActionFieldKind.Discrete } => IndexOfMax(config.ValidModes ? logits[..field.Size] : logits),
        { Name: ActionFields.GripperClosednessAction } => IndexOfMax(logits),
        _ when config.Motion == MotionDecoding.Mean => ExpectedToken(logits),
        _ => IndexOfMax(logits),
    };

    private static int ExpectedToken(ReadOnlySpan<float> logits)
    {
        var largest = logits[IndexOfMax(logits)];
        var (weights, sum) = (0.0, 0.0);
        for (var token = 0; token < logits.Length; token++)
        {
            var weight = Math.Exp(logits[token] - largest);
            weights += weight;
            sum += weight * token;
        }
        return (int)Math.Round(sum / weights);
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }
        return best;
    }
}
