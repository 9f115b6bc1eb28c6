using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>The exponential mean of parameters and running statistics over the steps (EMA): smoother, and so better, than the last step's.</summary>
internal sealed class WeightMean(double decay, FlatWeights weights) : IDisposable
{
    public Tensor Values { get; } = weights.Values.clone().DetachFromDisposeScope();

    public Tensor Statistics { get; } = weights.Statistics.clone().DetachFromDisposeScope();

    /// <param name="step">Steps done before this one; the first ones weigh more.</param>
    public void Add(FlatWeights current, long step)
    {
        using var noGrad = no_grad();
        var kept = Math.Min(decay, (1.0 + step) / (10 + step));
        Values.mul_(kept).add_(current.Values, 1 - kept);
        Statistics.mul_(kept).add_(current.Statistics, 1 - kept);
    }

    public void Dispose()
    {
        Values.Dispose();
        Statistics.Dispose();
    }
}
