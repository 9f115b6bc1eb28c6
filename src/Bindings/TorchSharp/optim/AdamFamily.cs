using TorchSharp.Modules;
using static Rt1.Bindings.Torch.Dispatcher;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>What Adam and AdamW share: everything but the place of the weight decay.</summary>
public abstract class AdamFamily : OptimizerHelper, optim.IBetas
{
    private readonly AdamOptions _defaults;
    private readonly bool _decoupled;

    /// <param name="decoupled">Whether the decay shrinks the parameters directly (AdamW) or is added to their gradients (Adam).</param>
    private protected AdamFamily(AdamOptions defaults, bool decoupled, IEnumerable<ParamGroup> groups)
    {
        (_defaults, _decoupled) = (defaults, decoupled);
        AddGroups(groups);
    }

    /// <summary>The decay rates of the first group; setting them sets those of all.</summary>
    public (double, double) Betas
    {
        get => ((optim.IBetas)ParamGroups.First()).Betas;
        set
        {
            foreach (var group in ParamGroups.Cast<optim.IBetas>())
                group.Betas = value;
        }
    }

    private protected override void Complete(OptimizerOptions options)
    {
        var own = (AdamOptions)options;
        own.LearningRate ??= _defaults.LearningRate;
        own.beta1 ??= _defaults.beta1;
        own.beta2 ??= _defaults.beta2;
        own.eps ??= _defaults.eps;
        own.weight_decay ??= _defaults.weight_decay;
        own.amsgrad ??= _defaults.amsgrad;
        own.maximize ??= _defaults.maximize;
    }

    private protected override void Update(ParamGroup group, IReadOnlyList<Entry> batch)
    {
        foreach (var alike in batch.GroupBy(entry => ++((AdamState)entry.State).step))
        {
            Step((AdamOptions)group.Options, alike.Key, [.. alike.Select(entry => entry.Parameter)],
                [.. alike.Select(entry => entry.Gradient)], [.. alike.Select(entry => (AdamState)entry.State)]);
        }
    }

    /// <summary>Updates averages and parameters; <paramref name="step"/> counts from 1.</summary>
    private void Step(AdamOptions options, long step, Tensor[] parameters, Tensor[] gradients, AdamState[] states)
    {
        var (rate, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
        Tensor[] averages = [.. states.Select(state => state.exp_avg)];
        Tensor[] squares = [.. states.Select(state => state.exp_avg_sq)];

        if (options.maximize == true)
            gradients = CallList("_foreach_neg", gradients);
        if (options.weight_decay is { } decay and not 0)
        {
            if (_decoupled)
                Run("_foreach_mul_.Scalar", parameters, 1 - (rate * decay));
            else
                gradients = CallList("_foreach_add.List", gradients, parameters, decay);
        }

        Run("_foreach_mul_.Scalar", averages, beta1);
        Run("_foreach_add_.List", averages, gradients, 1 - beta1);
        Run("_foreach_mul_.Scalar", squares, beta2);
        Run("_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - beta2);
        if (options.amsgrad == true)
        {
            foreach (var state in states)
                Run("maximum.out", state.max_exp_avg_sq, state.exp_avg_sq, state.max_exp_avg_sq);
            squares = [.. states.Select(state => state.max_exp_avg_sq!)];
        }

        var denominators = CallList("_foreach_sqrt", squares);
        Run("_foreach_div_.Scalar", denominators, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Run("_foreach_add_.Scalar", denominators, options.eps!.Value);
        Run("_foreach_addcdiv_.Scalar", parameters, averages, denominators, -rate / (1 - Math.Pow(beta1, step)));
    }
}

/// <summary>The options of a group; what is null is taken from the optimizer.</summary>
public abstract class AdamOptions : OptimizerOptions
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
        var other = (AdamOptions)source;
        (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
        (amsgrad, maximize) = (other.amsgrad, other.maximize);
    }
}

/// <summary>Parameters with options of their own.</summary>
public abstract class AdamGroup<TOptions> : ParamGroup<TOptions>, optim.IBetas where TOptions : AdamOptions
{
    private protected AdamGroup()
    {
    }

    private protected AdamGroup(IEnumerable<Parameter> parameters, TOptions options) : base(parameters, options)
    {
    }

    public (double, double) Betas
    {
        get => (Options.beta1!.Value, Options.beta2!.Value);
        set => (Options.beta1, Options.beta2) = value;
    }
}

/// <summary>The moving averages of one parameter's gradient and of its square.</summary>
public abstract class AdamState : OptimizerState, IDisposable
{
    public long step;
    public Tensor exp_avg = null!;
    public Tensor exp_avg_sq = null!;

    /// <summary>The largest average square so far; null without amsgrad.</summary>
    public Tensor? max_exp_avg_sq;

    private protected AdamState(Parameter parameter) : base(parameter)
    {
    }

    /// <inheritdoc/>
    public override void Initialize(OptimizerOptions options)
    {
        Dispose();
        step = 0;
        exp_avg = Zeros(_parameter);
        exp_avg_sq = Zeros(_parameter);
        max_exp_avg_sq = ((AdamOptions)options).amsgrad == true ? Zeros(_parameter) : null;
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamState)source;
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
