namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates over time. All counts are in epochs (or updates): calls of <c>step</c>.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The initial rate times <paramref name="lr_lambda"/> of the epoch.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1,
                bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, lr_lambda);

            /// <summary>Times <paramref name="gamma"/> every <paramref name="step_size"/> epochs.</summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1,
                bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch => Math.Pow(gamma, epoch / step_size));

            /// <summary>Times <paramref name="gamma"/> at each of <paramref name="milestones"/>.</summary>
            public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1,
                bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch => Math.Pow(gamma, milestones.Count(milestone => milestone <= epoch)));

            /// <summary>Times <paramref name="gamma"/> every epoch.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch => Math.Pow(gamma, epoch));

            /// <summary>Times <paramref name="factor"/> for the first <paramref name="total_iters"/> epochs.</summary>
            public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1,
                bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch => epoch < total_iters ? factor : 1);

            /// <summary>From <paramref name="start_factor"/> to <paramref name="end_factor"/> in a straight line.</summary>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1,
                int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch =>
                    start_factor + ((end_factor - start_factor) * Math.Min(epoch, total_iters) / total_iters));

            /// <summary>To zero along a power of the time left.</summary>
            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1,
                bool verbose = false) =>
                Scale(optimizer, last_epoch, verbose, epoch =>
                    Math.Pow(1 - ((double)Math.Min(epoch, total_iters) / total_iters), power));

            /// <summary>To <paramref name="eta_min"/> and back along a cosine of half period <paramref name="T_max"/>.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                bool verbose = false) =>
                Start(optimizer, last_epoch, verbose, (epoch, initial) =>
                    eta_min + ((initial - eta_min) * (1 + Math.Cos(Math.PI * epoch / T_max)) / 2));

            /// <summary>One scheduler after the other; each starts at its milestone as if that were epoch 0.</summary>
            /// <param name="milestones">Where the second and later schedulers start: one fewer than schedulers.</param>
            /// <exception cref="ArgumentException">The numbers of schedulers and milestones do not fit.</exception>
            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones,
                int last_epoch = -1)
            {
                LRScheduler[] parts = [.. schedulers];
                int[] starts = [0, .. milestones];
                if (parts.Length != starts.Length)
                {
                    throw new ArgumentException(
                        $"SequentialLR: {parts.Length} schedulers need {parts.Length - 1} milestones, got {starts.Length - 1}.");
                }
                return Start(optimizer, last_epoch, false, (epoch, initial) =>
                {
                    var part = Array.FindLastIndex(starts, start => start <= epoch);
                    return parts[part].Rate(epoch - starts[part], initial);
                });
            }

            private static LRScheduler Scale(Optimizer optimizer, int lastEpoch, bool verbose, Func<int, double> factor) =>
                Start(optimizer, lastEpoch, verbose, (epoch, initial) => initial * factor(epoch));

            private static LRScheduler Start(Optimizer optimizer, int lastEpoch, bool verbose, Func<int, double, double> rate)
            {
                var scheduler = new FunctionLR(optimizer, lastEpoch, verbose, rate);
                scheduler.step();
                return scheduler;
            }

            private sealed class FunctionLR(Optimizer optimizer, int lastEpoch, bool verbose, Func<int, double, double> rate)
                : LRScheduler(optimizer, lastEpoch, verbose)
            {
                internal override double Rate(int epoch, double initial) => rate(epoch, initial);
            }
        }
    }
}
