using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

// n numbers of all parameters, of which the first d feel weight decay; s numbers of running statistics

/// <summary>
/// A network's parameters and running statistics as two rows of numbers, so that optimizer, mean of the weights and exchange between workers
/// are a few operators on long tensors instead of thousands on short ones. The order follows from the names alone.
/// </summary>
internal sealed class FlatWeights : IDisposable
{
    private readonly (string Name, Tensor Tensor)[] _parameters;
    private readonly (string Name, Tensor Tensor)[] _statistics;

    /// <summary>Takes the network's numbers as they are, on its device.</summary>
    public FlatWeights(Rt1Network network)
    {
        var parameters = network.named_parameters().Select(p => (p.name, Tensor: (Tensor)p.parameter)).ToArray();
        var names = parameters.Select(p => p.name).ToHashSet();
        _parameters = [.. parameters.Where(p => p.Tensor.dim() > 1), .. parameters.Where(p => p.Tensor.dim() <= 1)];
        _statistics = [.. network.state_dict().Where(s => !names.Contains(s.Key) && s.Value.is_floating_point()).Select(s => (s.Key, s.Value))];
        DecayedCount = _parameters.Where(p => p.Tensor.dim() > 1).Sum(p => p.Tensor.numel());
        using var noGrad = no_grad();
        Values = Gather(_parameters).DetachFromDisposeScope();
        Statistics = Gather(_statistics).DetachFromDisposeScope();
    }

    /// <summary>The parameters, (n): the optimizer's own copy, which <see cref="Publish"/> writes into the network.</summary>
    public Tensor Values { get; }

    /// <summary>The running statistics as they were when last read, (s).</summary>
    public Tensor Statistics { get; }

    /// <summary>d: numbers of parameters with two or more dimensions; they stand first.</summary>
    public long DecayedCount { get; }

    /// <summary>Name and shape of each part, a line each: two networks with the same lines have the same order.</summary>
    public IReadOnlyList<string> Layout => [.. _parameters.Concat(_statistics).Select(p => $"{p.Name} {string.Join('×', p.Tensor.shape)}")];

    /// <summary>The parameters' gradients, (n), which are forgotten; zeros where a parameter has none.</summary>
    public Tensor TakeGradients()
    {
        using var scope = NewDisposeScope();
        var parts = new Tensor[_parameters.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var parameter = _parameters[i].Tensor;
            parts[i] = parameter.grad is { } gradient ? gradient.flatten() : zeros(parameter.numel(), parameter.dtype, parameter.device);
            parameter.grad = null;
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Writes <see cref="Values"/> into the network.</summary>
    public void Publish() => Scatter(Values, _parameters);

    /// <summary>Writes <see cref="Statistics"/> into the network.</summary>
    public void PublishStatistics() => Scatter(Statistics, _statistics);

    /// <summary>Writes other parameters and statistics into the network.</summary>
    public void Publish(Tensor values, Tensor statistics)
    {
        Scatter(values, _parameters);
        Scatter(statistics, _statistics);
    }

    /// <summary>Reads the network's running statistics into <see cref="Statistics"/>.</summary>
    public void ReadStatistics()
    {
        using var scope = NewDisposeScope();
        Statistics.copy_(Gather(_statistics));
    }

    public void Dispose()
    {
        Values.Dispose();
        Statistics.Dispose();
    }

    private static Tensor Gather((string Name, Tensor Tensor)[] parts)
    {
        using var scope = NewDisposeScope();
        return cat([.. parts.Select(p => p.Tensor.detach().flatten())]).MoveToOuterDisposeScope();
    }

    private static void Scatter(Tensor values, (string Name, Tensor Tensor)[] parts)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var start = 0L;
        foreach (var (_, tensor) in parts)
        {
            var count = tensor.numel();
            tensor.copy_(values.narrow(0, start, count).view(tensor.shape));
            start += count;
        }
    }
}
