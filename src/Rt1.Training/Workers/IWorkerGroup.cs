using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>
/// The workers of a data-parallel training run. Every worker makes the same calls in the same order; a call returns when all have made it.
/// </summary>
public interface IWorkerGroup : IDisposable
{
    /// <summary>Which worker this is, from 0. Worker 0 logs and saves.</summary>
    int Rank { get; }

    /// <summary>How many workers there are.</summary>
    int Size { get; }

    /// <summary>Replaces a contiguous tensor by its sum over all workers, in place.</summary>
    void AllReduceSum(Tensor tensor);

    /// <summary>Replaces a contiguous tensor by the root's, in place.</summary>
    /// <param name="root">The rank that sends.</param>
    void Broadcast(Tensor tensor, int root);

    /// <summary>Waits for all workers.</summary>
    void Barrier();
}
