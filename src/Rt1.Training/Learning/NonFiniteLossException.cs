using Rt1.Core;
using Rt1.Data;

namespace Rt1.Training;

/// <summary>The loss became NaN or infinite: the weights are as they were before this batch.</summary>
public sealed class NonFiniteLossException(long step, double loss, IReadOnlyList<SampleId> samples)
    : Rt1Exception(FormattableString.Invariant($"step {step}: the loss is {loss}; the weights are not changed. Look at the batch's samples ") +
        $"(dataset/shard/episode/step): {string.Join(", ", samples)}. If they are sound, lower optimizer.learning_rate or set optimizer.clip_norm.")
{
    public long Step { get; } = step;

    public double Loss { get; } = loss;

    /// <summary>The batch that gave it.</summary>
    public IReadOnlyList<SampleId> Samples { get; } = samples;
}
