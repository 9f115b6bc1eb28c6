using static Rt1.Bindings.Torch.Dispatcher;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The options of Adam and AdamW, and the step that both take.</summary>
/// <param name="Decoupled">Whether the decay shrinks the parameters directly (AdamW) or is added to their gradients (Adam).</param>
internal readonly record struct AdamSettings(
    double LearningRate, double Beta1, double Beta2, double Eps, double WeightDecay, bool Amsgrad, bool Maximize, bool Decoupled)
{
    /// <summary>Updates averages and parameters, all lists of one length; <paramref name="step"/> counts from 1.</summary>
    public void Step(long step, Tensor[] parameters, Tensor[] gradients, Tensor[] averages, Tensor[] squares, Tensor[]? maxima)
    {
        if (Maximize)
            gradients = CallList("_foreach_neg", gradients);
        if (WeightDecay != 0 && Decoupled)
            Run("_foreach_mul_.Scalar", parameters, 1 - (LearningRate * WeightDecay));
        else if (WeightDecay != 0)
            gradients = CallList("_foreach_add.List", gradients, parameters, WeightDecay);

        Run("_foreach_mul_.Scalar", averages, Beta1);
        Run("_foreach_add_.List", averages, gradients, 1 - Beta1);
        Run("_foreach_mul_.Scalar", squares, Beta2);
        Run("_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - Beta2);
        if (maxima is not null)
        {
            foreach (var (maximum, square) in maxima.Zip(squares))
                Run("maximum.out", maximum, square, maximum);
        }

        var denominators = CallList("_foreach_sqrt", maxima ?? squares);
        Run("_foreach_div_.Scalar", denominators, Math.Sqrt(1 - Math.Pow(Beta2, step)));
        Run("_foreach_add_.Scalar", denominators, Eps);
        Run("_foreach_addcdiv_.Scalar", parameters, averages, denominators, -LearningRate / (1 - Math.Pow(Beta1, step)));
    }
}
