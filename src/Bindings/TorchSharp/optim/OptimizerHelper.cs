using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, and one state per parameter.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    /// <exception cref="ArgumentException">A parameter is in another group already.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        Complete(param_group.Options);
        param_group.Options.InitialLearningRate = param_group.LearningRate;
        param_group.Parameters = param_group.Parameters.ToList();
        foreach (var parameter in param_group.Parameters)
        {
            if (!_states.TryAdd(parameter, NewState(parameter)))
                throw new ArgumentException("A parameter belongs to more than one group.");
            _states[parameter].Initialize(param_group.Options);
        }
        _groups.Add(param_group);
    }

    public override void zero_grad()
    {
        foreach (var parameter in parameters())
        {
            using var gradient = parameter.grad;
            gradient?.detach_().zero_();
        }
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = closure?.Invoke();
        using var recording = no_grad();
        foreach (var group in _groups)
        {
            foreach (var batch in Batches(group))
            {
                using var scope = NewDisposeScope();
                Update(group, batch);
            }
        }
        return loss;
    }

    /// <summary>The live options and states, in the order of the groups and their parameters.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, group.Parameters.Count())]);
            dictionary.State.AddRange(group.Parameters.Select(parameter => _states[parameter]));
        }
        return dictionary;
    }

    /// <summary>Takes over copies of another optimizer's options and states.</summary>
    /// <exception cref="ArgumentException">The other optimizer has other groups.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (!own.StateIndexRef.Select(group => group.Count).SequenceEqual(state_dict.StateIndexRef.Select(group => group.Count)))
        {
            throw new ArgumentException($"load_state_dict: the groups have {Sizes(own)} parameters, those to load {Sizes(state_dict)}.");
        }
        foreach (var (options, source) in own.Options.Zip(state_dict.Options))
            options.LoadStateDict(source);
        foreach (var (state, source) in own.State.Zip(state_dict.State))
            state.LoadStateDict(source);
    }

    /// <summary>Moves all states.</summary>
    public void to(Device device)
    {
        foreach (var state in _states.Values)
            state.to(device);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var state in _states.Values.OfType<IDisposable>())
            state.Dispose();
        _states.Clear();
        _groups.Clear();
    }

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Fills what the options leave open with the optimizer's own values.</summary>
    private protected abstract void Complete(OptimizerOptions options);

    /// <summary>Changes the parameters of a batch; runs without recording, in a dispose scope of its own.</summary>
    private protected abstract void Update(ParamGroup group, IReadOnlyList<Entry> batch);

    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups)
            add_param_group(group);
    }

    /// <summary>
    /// The parameters that have a gradient. On the CPU a batch ends where its tensors outgrow the cache, so that small ones share
    /// the cost of a call and large ones stay in cache from one operator to the next; on CUDA there is one batch.
    /// </summary>
    private IEnumerable<IReadOnlyList<Entry>> Batches(ParamGroup group)
    {
        const long CacheElements = 1 << 16;
        var batch = new List<Entry>();
        var elements = 0L;
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad?.DetachFromDisposeScope() is not { } gradient)
                continue;
            batch.Add(new Entry(parameter, gradient, _states[parameter]));
            elements += parameter.numel();
            if (elements < CacheElements || parameter.is_cuda)
                continue;
            yield return batch;
            Release(batch);
            elements = 0;
        }
        if (batch.Count > 0)
            yield return batch;
        Release(batch);
    }

    private static void Release(List<Entry> batch)
    {
        foreach (var entry in batch)
            entry.Gradient.Dispose();
        batch.Clear();
    }

    private static string Sizes(StateDictionary state) => $"[{string.Join(", ", state.StateIndexRef.Select(group => group.Count))}]";

    /// <summary>A parameter with its gradient and state.</summary>
    private protected readonly record struct Entry(Parameter Parameter, Tensor Gradient, OptimizerState State);
}
