using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something whose learning rate a scheduler sets.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        /// <summary>Changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            public virtual IEnumerable<ILearningRateController> ParamGroups => throw new NotImplementedException();

            public abstract Tensor step(Func<Tensor>? closure = null);

            internal static void Forget(Parameter parameter, bool set_to_none)
            {
                using var gradient = parameter.grad;
                if (gradient is null)
                    return;
                if (set_to_none)
                    parameter.grad = null;
                else
                    gradient.detach_().zero_();
            }

            public void Dispose() => GC.SuppressFinalize(this);
        }
    }
}
