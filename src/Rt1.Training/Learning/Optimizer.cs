using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>
/// Adam on a row of numbers. <c>adam</c> is Keras' form, as the reference uses it: epsilon is added to the second moment's root before its bias is
/// corrected. <c>adamw</c> is PyTorch's: after it, and with decoupled weight decay.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    private readonly OptimizerConfig _config;
    private readonly long _decayed;

    /// <param name="like">Numbers of the same count, type and device.</param>
    /// <param name="decayed">How many of them, from the first on, feel weight decay.</param>
    public Optimizer(OptimizerConfig config, Tensor like, long decayed)
    {
        (_config, _decayed) = (config, decayed);
        Moment1 = zeros_like(like).DetachFromDisposeScope();
        Moment2 = zeros_like(like).DetachFromDisposeScope();
    }

    /// <summary>Running mean of the gradient.</summary>
    public Tensor Moment1 { get; }

    /// <summary>Running mean of the squared gradient.</summary>
    public Tensor Moment2 { get; }

    /// <summary>Updates that were made.</summary>
    public long Updates { get; set; }

    /// <summary>Changes the values by one step along the gradient.</summary>
    /// <param name="gradient">Finite; it is overwritten.</param>
    public void Step(Tensor values, Tensor gradient, double learningRate)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Updates++;
        var (beta1, beta2) = (_config.Betas[0], _config.Betas[1]);
        var (correction1, correction2) = (1 - Math.Pow(beta1, Updates), Math.Sqrt(1 - Math.Pow(beta2, Updates)));
        Moment1.mul_(beta1).add_(gradient, 1 - beta1);
        Moment2.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        var root = gradient.copy_(Moment2).sqrt_();
        if (_config.Kind == OptimizerKind.Adam)
        {
            values.addcdiv_(Moment1, root.add_(_config.Epsilon), -learningRate * correction2 / correction1);
            return;
        }
        if (_config.WeightDecay > 0)
            values.narrow(0, 0, _decayed).mul_(1 - learningRate * _config.WeightDecay);
        values.addcdiv_(Moment1, root.mul_(1 / correction2).add_(_config.Epsilon), -learningRate / correction1);
    }

    public void Dispose()
    {
        Moment1.Dispose();
        Moment2.Dispose();
    }
}
