using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.AdamW"/>
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="Modules.AdamW"/>
            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="Modules.AdamW"/>
            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2017). As in TorchSharp the decay is 0 unless given.</summary>
    public class AdamW : OptimizerHelper, optim.IBetas
    {
        private readonly AdamSettings _defaults;

        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            _defaults = new AdamSettings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, Decoupled: true);
            AddGroups(parameters);
        }

        /// <summary>The decay rates of the first group; setting them sets those of all.</summary>
        public (double, double) Betas
        {
            get => ((ParamGroup)ParamGroups.First()).Betas;
            set
            {
                foreach (ParamGroup group in ParamGroups)
                    group.Betas = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Complete(OptimizerOptions options)
        {
            var own = (Options)options;
            own.LearningRate ??= _defaults.LearningRate;
            own.beta1 ??= _defaults.Beta1;
            own.beta2 ??= _defaults.Beta2;
            own.eps ??= _defaults.Eps;
            own.weight_decay ??= _defaults.WeightDecay;
            own.amsgrad ??= _defaults.Amsgrad;
            own.maximize ??= _defaults.Maximize;
        }

        private protected override void Update(Modules.ParamGroup group, IReadOnlyList<Entry> batch)
        {
            var options = (Options)group.Options;
            var settings = new AdamSettings(group.LearningRate, options.beta1!.Value, options.beta2!.Value, options.eps!.Value,
                options.weight_decay!.Value, options.amsgrad!.Value, options.maximize!.Value, _defaults.Decoupled);
            foreach (var alike in batch.GroupBy(entry => ++((State)entry.State).step))
            {
                var states = alike.Select(entry => (State)entry.State).ToList();
                settings.Step(alike.Key, [.. alike.Select(entry => entry.Parameter)], [.. alike.Select(entry => entry.Gradient)],
                    [.. states.Select(state => state.exp_avg)], [.. states.Select(state => state.exp_avg_sq)],
                    settings.Amsgrad ? [.. states.Select(state => state.max_exp_avg_sq!)] : null);
            }
        }

        /// <summary>The options of a group; what is null is taken from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
            public bool? amsgrad;
            public bool? maximize;

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
                (amsgrad, maximize) = (other.amsgrad, other.maximize);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
                })
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
            }
        }

        /// <summary>The moving averages of one parameter's gradient and of its square.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor exp_avg = null!;
            public Tensor exp_avg_sq = null!;

            /// <summary>The largest average square so far; null without amsgrad.</summary>
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter) : base(parameter)
            {
            }

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                step = 0;
                exp_avg = Zeros(_parameter);
                exp_avg_sq = Zeros(_parameter);
                max_exp_avg_sq = ((Options)options).amsgrad == true ? Zeros(_parameter) : null;
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                Copy(ref exp_avg!, other.exp_avg);
                Copy(ref exp_avg_sq!, other.exp_avg_sq);
                Copy(ref max_exp_avg_sq, other.max_exp_avg_sq);
            }

            /// <inheritdoc/>
            public override void to(Device device)
            {
                Move(ref exp_avg, device);
                Move(ref exp_avg_sq, device);
                if (max_exp_avg_sq is not null)
                    Move(ref max_exp_avg_sq, device);
            }

            /// <inheritdoc/>
            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}
