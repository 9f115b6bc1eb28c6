using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Options of one group of parameters; what is null is taken from the optimizer.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the values of options of the same type.</summary>
    public virtual void LoadStateDict(OptimizerOptions source) =>
        (LearningRate, InitialLearningRate) = (source.LearningRate, source.InitialLearningRate);
}

/// <summary>Parameters that share options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    public ParamGroup()
    {
    }

    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions Options { get; set; } = new();

    public double LearningRate { get => Options.LearningRate!.Value; set => Options.LearningRate = value; }

    public double InitialLearningRate { get => Options.InitialLearningRate; set => Options.InitialLearningRate = value; }
}

/// <inheritdoc cref="ParamGroup"/>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options ?? Activator.CreateInstance<TOptions>();
    }

    public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
}

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    private protected readonly Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Starts anew.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Takes over copies of the values of a state of the same type.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Moves the tensors.</summary>
    public virtual void to(Device device)
    {
    }

    private protected static Tensor Zeros(Parameter parameter)
    {
        using var _ = no_grad();
        return parameter.zeros_like().DetachFromDisposeScope();
    }

    private protected static void Move(ref Tensor tensor, Device device) => Replace(ref tensor!, tensor.to(device));

    private protected static void Copy(ref Tensor? tensor, Tensor? source) =>
        Replace(ref tensor, source is null ? null : source.to(tensor?.device ?? source.device, copy: true));

    private static void Replace(ref Tensor? tensor, Tensor? value)
    {
        tensor?.Dispose();
        tensor = value?.DetachFromDisposeScope();
    }
}
