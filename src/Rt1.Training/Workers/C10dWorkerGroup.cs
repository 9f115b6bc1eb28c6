#if RT1_SYSTEM_BINDINGS
using System.Runtime.InteropServices;
using Rt1.Bindings.Torch;
using Rt1.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Workers that exchange tensors over c10d: Gloo for tensors on the CPU, NCCL for those on CUDA devices.</summary>
public sealed class C10dWorkerGroup : IWorkerGroup
{
    /// <summary>Long enough for worker 0 to save or to evaluate while the others wait; a worker that dies is noticed at once.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(60);

    private static readonly TimeSpan MeetingTimeout = TimeSpan.FromMinutes(5);

    private readonly ProcessGroup _cpu;
    private readonly ProcessGroup? _cuda;

    private C10dWorkerGroup(ProcessGroup cpu, ProcessGroup? cuda) => (_cpu, _cuda) = (cpu, cuda);

    public int Rank => _cpu.Rank;

    public int Size => _cpu.Size;

    /// <summary>Meets the other workers.</summary>
    /// <param name="device">Where the gradients are.</param>
    /// <param name="timeout">How long a call may wait for the others.</param>
    /// <exception cref="Rt1Exception">They do not come within five minutes, or this build has no backend for the device.</exception>
    public static C10dWorkerGroup Join(WorkerEnvironment environment, DeviceType device = DeviceType.CPU, TimeSpan? timeout = null)
    {
        var (rank, size, wait) = (environment.Rank, environment.Size, timeout ?? DefaultTimeout);
        ProcessGroup? cpu = null;
        try
        {
            using var store = OpenStore(environment);
            using var part = store.Prefix("gloo");
            cpu = ProcessGroup.Gloo(part, rank, size, wait, Host(environment.Meeting), (environment.Meeting as TcpMeeting)?.NetworkInterface);
            using var second = store.Prefix("nccl");
            var group = new C10dWorkerGroup(cpu, device == DeviceType.CUDA ? ProcessGroup.Nccl(second, rank, size, wait) : null);
            // A store's server must not end before all have read from it.
            group.Barrier();
            return group;
        }
        catch (ExternalException e)
        {
            cpu?.Dispose();
            throw new Rt1Exception($"worker {rank} of {size}: the workers did not find each other at {Describe(environment.Meeting)}: {FirstLine(e)}", e);
        }
    }

    public void AllReduceSum(Tensor tensor) => Guard(() => GroupOf(tensor).AllReduceSum(Contiguous(tensor)));

    public void Broadcast(Tensor tensor, int root) => Guard(() => GroupOf(tensor).Broadcast(Contiguous(tensor), root));

    public void Barrier() => Guard(_cpu.Barrier);

    public void Dispose()
    {
        _cuda?.Dispose();
        _cpu.Dispose();
    }

    private static DistributedStore OpenStore(WorkerEnvironment environment)
    {
        var (rank, size) = (environment.Rank, environment.Size);
        if (environment.Meeting is FileMeeting file)
            return DistributedStore.File(file.Path, size, MeetingTimeout);
        var tcp = (TcpMeeting)environment.Meeting;
        var store = DistributedStore.Tcp(tcp.Host, tcp.Port, size, isServer: rank == 0 && tcp.AgentPrefix is null, MeetingTimeout);
        if (tcp.AgentPrefix is null)
            return store;
        using (store)
            return store.Prefix(tcp.AgentPrefix);
    }

    /// <summary>Workers that meet on this machine also talk on it alone.</summary>
    private static string? Host(Meeting meeting) =>
        meeting is FileMeeting or TcpMeeting { Host: "localhost" or "127.0.0.1" } ? "127.0.0.1" : null;

    private static string Describe(Meeting meeting) => meeting switch
    {
        TcpMeeting tcp => $"{tcp.Host}:{tcp.Port}",
        FileMeeting file => $"'{file.Path}'",
        _ => "an unknown place",
    };

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0];

    private static Tensor Contiguous(Tensor tensor) =>
        tensor.is_contiguous() ? tensor : throw new ArgumentException("Workers exchange contiguous tensors only.", nameof(tensor));

    private ProcessGroup GroupOf(Tensor tensor) => tensor.device_type != DeviceType.CUDA ? _cpu
        : _cuda ?? throw new InvalidOperationException("The workers met for tensors on the CPU only.");

    private void Guard(Action exchange)
    {
        try
        {
            exchange();
        }
        catch (ExternalException e)
        {
            throw new WorkerLostException(Rank, Size, FirstLine(e), e);
        }
    }
}
#endif
