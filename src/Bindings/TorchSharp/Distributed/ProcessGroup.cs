using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>
/// Processes that reduce and exchange tensors (<c>c10d</c>), which TorchSharp does not offer. All of them make the same calls in the same
/// order; each call returns when it is done here. A process that ends makes the others' next call fail.
/// </summary>
public sealed class ProcessGroup : IDisposable
{
    private nint _handle;

    private ProcessGroup(nint handle, int rank, int size) => (_handle, Rank, Size) = (Native.Check(handle), rank, size);

    /// <summary>Whether this build of the binding has Gloo, for tensors on the CPU.</summary>
    public static bool HasGloo => (Native.rt1_group_backends() & 1) != 0;

    /// <summary>Whether this build of the binding has NCCL, for tensors on CUDA devices.</summary>
    public static bool HasNccl => (Native.rt1_group_backends() & 2) != 0;

    /// <summary>This process among the group's, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int Size { get; }

    /// <summary>A group for tensors on the CPU; waits until all processes are there.</summary>
    /// <param name="timeout">How long a call may wait for the others.</param>
    /// <param name="host">The name or address of this machine at which the others reach it; its host name's unless given.</param>
    /// <param name="networkInterface">The network interface at which the others reach it; goes before <paramref name="host"/>.</param>
    /// <exception cref="ExternalException">Not all processes came in time, the address cannot be used, or there is no Gloo in this build.</exception>
    public static ProcessGroup Gloo(
        DistributedStore store, int rank, int size, TimeSpan timeout, string? host = null, string? networkInterface = null)
    {
        var handle = Native.rt1_group_gloo(
            store.Handle, rank, size, DistributedStore.Milliseconds(timeout), host ?? "", networkInterface ?? "");
        GC.KeepAlive(store);
        return new ProcessGroup(handle, rank, size);
    }

    /// <summary>A group for tensors on CUDA devices, one device for each process.</summary>
    /// <inheritdoc cref="Gloo"/>
    public static ProcessGroup Nccl(DistributedStore store, int rank, int size, TimeSpan timeout)
    {
        var handle = Native.rt1_group_nccl(store.Handle, rank, size, DistributedStore.Milliseconds(timeout));
        GC.KeepAlive(store);
        return new ProcessGroup(handle, rank, size);
    }

    /// <summary>Replaces the tensor in every process by the sum of all; every process gets the same bits.</summary>
    /// <exception cref="ExternalException">Another process ended or did not come in time, or the tensors differ in size.</exception>
    public void AllReduceSum(Tensor tensor)
    {
        Native.Check(Native.rt1_group_allreduce_sum(Handle, tensor.Handle));
        GC.KeepAlive((this, tensor));
    }

    /// <summary>Replaces the tensor in every process by that of the process <paramref name="root"/>.</summary>
    /// <inheritdoc cref="AllReduceSum"/>
    public void Broadcast(Tensor tensor, int root)
    {
        Native.Check(Native.rt1_group_broadcast(Handle, tensor.Handle, root));
        GC.KeepAlive((this, tensor));
    }

    /// <summary>Waits until all processes are here.</summary>
    /// <exception cref="ExternalException">Another process ended or did not come in time.</exception>
    public void Barrier()
    {
        Native.Check(Native.rt1_group_barrier(Handle));
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_handle != 0)
            Native.rt1_group_free(_handle);
        _handle = 0;
    }

    private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(ProcessGroup));
}
