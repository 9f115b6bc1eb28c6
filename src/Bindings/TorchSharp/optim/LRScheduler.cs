namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimizer, once per epoch (or update). Every rate is a function of the epoch and the initial
            /// rate alone, so a scheduler made with <c>last_epoch</c> continues exactly.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] _groups;
                private readonly bool _verbose;
                private int _epoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose) =>
                    (_groups, _epoch, _verbose) = ([.. optimizer.ParamGroups], last_epoch, verbose);

                /// <summary>The rates that are set now, one per group.</summary>
                public IEnumerable<double> get_last_lr() => _groups.Select(group => group.LearningRate).ToList();

                /// <summary>Sets the rates of the next epoch.</summary>
                public virtual void step() => step(_epoch + 1);

                /// <summary>Sets the rates of an epoch; null is the next one.</summary>
                public virtual void step(int? epoch)
                {
                    _epoch = epoch ?? _epoch + 1;
                    foreach (var group in _groups)
                        group.LearningRate = Rate(_epoch, group.InitialLearningRate);
                    if (_verbose)
                        Console.WriteLine($"epoch {_epoch}: learning rates {string.Join(", ", get_last_lr())}");
                }

                /// <summary>The rate of an epoch, which counts from 0.</summary>
                internal abstract double Rate(int epoch, double initial);
            }
        }
    }
}
