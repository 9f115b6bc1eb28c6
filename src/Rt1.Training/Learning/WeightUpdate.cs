using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>From the gradient to new weights: what is not finite is zeroed, clipping, optimizer, mean of the weights.</summary>
internal sealed class WeightUpdate : IDisposable
{
    private readonly OptimizerConfig _config;

    public WeightUpdate(TrainingConfig config, FlatWeights weights)
    {
        (_config, Weights) = (config.Optimizer, weights);
        Optimizer = new Optimizer(_config, weights.Values, weights.DecayedCount);
        Mean = _config.EmaDecay is { } decay ? new WeightMean(decay, weights) : null;
        Scale = new LossScale(config.Compute.Precision == Precision.Fp16);
    }

    public FlatWeights Weights { get; }

    public Optimizer Optimizer { get; }

    /// <summary>The mean of the weights; null where none is kept.</summary>
    public WeightMean? Mean { get; }

    public LossScale Scale { get; }

    /// <param name="gradient">Of the scaled loss; it is overwritten.</param>
    /// <param name="step">Steps done before this one.</param>
    /// <returns>The norm before clipping; how many numbers were zeroed; false where a scaled gradient overflowed and nothing was done.</returns>
    public (double Norm, long Zeroed, bool Updated) Step(Tensor gradient, long step, double learningRate)
    {
        using var noGrad = no_grad();
        if (Scale.IsOn)
            gradient.mul_(1 / Scale.Factor);
        var (norm, zeroed) = (gradient.norm().ToDouble(), 0L);
        var fits = double.IsFinite(norm);
        if (!fits)
        {
            zeroed = gradient.numel() - gradient.isfinite().sum().ToInt64();
            gradient.nan_to_num_(0, 0, 0);
            norm = gradient.norm().ToDouble();
        }
        Scale.Adapt(fits);
        if (!fits && Scale.IsOn)
            return (norm, zeroed, false);
        if (_config.ClipNorm is { } limit && norm > limit)
            gradient.mul_(limit / (norm + 1e-6));
        Optimizer.Step(Weights.Values, gradient, learningRate);
        Weights.Publish();
        Mean?.Add(Weights, step);
        return (norm, zeroed, true);
    }

    public void Dispose()
    {
        Mean?.Dispose();
        Optimizer.Dispose();
    }
}
