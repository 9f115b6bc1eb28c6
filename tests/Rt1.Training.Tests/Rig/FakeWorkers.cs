using static TorchSharp.torch;

namespace Rt1.Training.Tests;

/// <summary>A group of two in which the other worker gives what the test says.</summary>
internal sealed class FakeWorkers(Action<Tensor> reduce) : IWorkerGroup
{
    public int Rank => 0;

    public int Size => 2;

    public void AllReduceSum(Tensor tensor) => reduce(tensor);

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
