using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>A run of one worker: nothing is exchanged.</summary>
public sealed class SingleWorker : IWorkerGroup
{
    public int Rank => 0;

    public int Size => 1;

    public void AllReduceSum(Tensor tensor)
    {
    }

    public void Broadcast(Tensor tensor, int root)
    {
    }

    public void Barrier()
    {
    }

    public void Dispose()
    {
    }
}
