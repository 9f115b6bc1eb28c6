using TorchSharp.Modules;
using static Rt1.Bindings.Torch.Dispatcher;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent, with momentum and weight decay where asked for.</summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        private readonly Options _defaults;

        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            _defaults = new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            AddGroups(parameters);
        }

        /// <summary>The momentum of the first group; setting it sets that of all.</summary>
        public double Momentum
        {
            get => ((ParamGroup)ParamGroups.First()).Momentum;
            set
            {
                foreach (ParamGroup group in ParamGroups)
                    group.Momentum = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Complete(OptimizerOptions options)
        {
            var own = (Options)options;
            own.LearningRate ??= _defaults.LearningRate;
            own.momentum ??= _defaults.momentum;
            own.dampening ??= _defaults.dampening;
            own.weight_decay ??= _defaults.weight_decay;
            own.nesterov ??= _defaults.nesterov;
            own.maximize ??= _defaults.maximize;
        }

        private protected override void Update(Modules.ParamGroup group, IReadOnlyList<Entry> batch)
        {
            var options = (Options)group.Options;
            Tensor[] parameters = [.. batch.Select(entry => entry.Parameter)];
            Tensor[] gradients = [.. batch.Select(entry => entry.Gradient)];
            if (options.maximize == true)
                gradients = CallList("_foreach_neg", gradients);
            if (options.weight_decay is { } decay and not 0)
                gradients = CallList("_foreach_add.List", gradients, parameters, decay);
            if (options.momentum is { } momentum and not 0)
            {
                var velocities = batch.Zip(gradients, (entry, gradient) =>
                    ((State)entry.State).Advance(gradient, momentum, 1 - options.dampening!.Value)).ToArray();
                gradients = options.nesterov == true ? CallList("_foreach_add.List", gradients, velocities, momentum) : velocities;
            }
            Run("_foreach_add_.List", parameters, gradients, -group.LearningRate);
        }

        /// <summary>The options of a group; what is null is taken from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                (nesterov, maximize) = (other.nesterov, other.maximize);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
            {
            }

            public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
        }

        /// <summary>The moving average of one parameter's gradient.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>Null before the first step with momentum.</summary>
            public Tensor? momentum_buffer;

            public State(Parameter parameter) : base(parameter)
            {
            }

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                momentum_buffer = null;
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source) => Copy(ref momentum_buffer, ((State)source).momentum_buffer);

            /// <inheritdoc/>
            public override void to(Device device)
            {
                if (momentum_buffer is not null)
                    Move(ref momentum_buffer, device);
            }

            /// <inheritdoc/>
            public void Dispose() => momentum_buffer?.Dispose();

            /// <summary>The first gradient itself, later momentum · average + share · gradient.</summary>
            internal Tensor Advance(Tensor gradient, double momentum, double share) =>
                momentum_buffer is null
                    ? momentum_buffer = gradient.clone().DetachFromDisposeScope()
                    : momentum_buffer.mul_(momentum).add_(gradient, share);
        }
    }
}
