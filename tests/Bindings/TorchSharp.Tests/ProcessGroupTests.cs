using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Rt1.Bindings.Torch;
using Rt1.Testing;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Groups of threads in one process: c10d does not mind.</summary>
public class ProcessGroupTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public void AllReduceSum_OfTwoProcesses_GivesBothTheSum()
    {
        var sums = Run(2, group =>
        {
            using var tensor = torch.tensor(new float[] { group.Rank + 1, 10 * (group.Rank + 1) });
            group.AllReduceSum(tensor);
            return tensor.data<float>().ToArray();
        });

        Assert.All(sums, sum => Assert.Equal([3f, 30f], sum));
    }

    [Fact]
    public void AllReduceSum_OfNumbersThatRound_GivesAllTheSameBits()
    {
        var sums = Run(3, group =>
        {
            var random = new Random(group.Rank);
            using var tensor = torch.tensor(Enumerable.Range(0, 10_001).Select(_ => (float)random.NextDouble()).ToArray());
            group.AllReduceSum(tensor);
            return tensor.data<float>().ToArray();
        });

        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
    }

    [Fact]
    public void Broadcast_FromRankOne_ReachesRankZero()
    {
        var values = Run(2, group =>
        {
            using var tensor = torch.tensor(new long[] { group.Rank });
            group.Broadcast(tensor, root: 1);
            return tensor.data<long>()[0];
        });

        Assert.Equal([1, 1], values);
    }

    [Fact]
    public void Barrier_WithOneProcessLate_HoldsTheOthersUntilItComes()
    {
        var late = 0;
        var seen = Run(2, group =>
        {
            if (group.Rank == 1)
            {
                Thread.Sleep(100);
                Volatile.Write(ref late, 1);
            }
            group.Barrier();
            return Volatile.Read(ref late);
        });

        Assert.Equal([1, 1], seen);
    }

    [Fact]
    public void AllReduceSum_AfterAnotherProcessEnded_Throws()
    {
        var failures = Run(2, group =>
        {
            group.Barrier();
            if (group.Rank == 1)
            {
                group.Dispose();
                return null;
            }
            using var tensor = zeros(4);
            return Record.Exception(() => group.AllReduceSum(tensor));
        });

        Assert.IsType<ExternalException>(failures[0]);
    }

    [Fact]
    public void Tcp_OnAFreePort_BuildsAGroupInItsPrefix()
    {
        var port = FreePort();
        var sums = RunWith(2, rank => DistributedStore.Tcp("127.0.0.1", port, 2, isServer: rank == 0, Timeout), group =>
        {
            using var tensor = ones(1);
            group.AllReduceSum(tensor);
            return tensor.item<float>();
        });

        Assert.Equal([2, 2], sums);
    }

    [Fact]
    public void Tcp_WithoutAServer_TimesOut() => Assert.Throws<ExternalException>(() =>
        DistributedStore.Tcp("127.0.0.1", FreePort(), 2, isServer: false, TimeSpan.FromMilliseconds(300)));

    private static T[] Run<T>(int size, Func<ProcessGroup, T> body)
    {
        using var folder = new TemporaryFolder();
        return RunWith(size, _ => DistributedStore.File(folder["store"], size, Timeout), body);
    }

    private static T[] RunWith<T>(int size, Func<int, DistributedStore> store, Func<ProcessGroup, T> body)
    {
        var results = new T[size];
        var failures = new Exception?[size];
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() => failures[rank] = Record.Exception(() =>
        {
            using var whole = store(rank);
            using var part = whole.Prefix("test");
            using var group = ProcessGroup.Gloo(part, rank, size, Timeout, host: "127.0.0.1");
            results[rank] = body(group);
        }))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(failures, Assert.Null);
        return results;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
