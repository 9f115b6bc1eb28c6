using System.Runtime.InteropServices;

/// <summary>These end the process's context or measure its memory, so nothing runs beside them.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class AloneCollection;

[Collection("Alone")]
public partial class LifetimeTests
{
    [Fact]
    public void Messages_AThousand_LeaveNativeMemoryFlat()
    {
        const int size = 64 * 1024;
        var (dealer, router) = Connected.DealerAndRouter();
        using (dealer)
        using (router)
        {
            Exchange(100);
            var before = NativeBytesInUse();
            Exchange(1000);
            var growth = NativeBytesInUse() - before;
            Assert.True(growth < 8 * size, $"1,000 messages of {size} bytes left {growth} bytes behind");
        }

        void Exchange(int count)
        {
            var payload = new byte[size];
            var msg = new Msg();
            msg.InitEmpty();
            for (var i = 0; i < count; i++)
            {
                dealer.SendFrame(payload);
                do
                    router.Receive(ref msg);
                while (msg.HasMore);
            }
            msg.Close();
        }
    }

    [Fact]
    public void Sockets_AThousandMadeAndDisposed_LeaveNativeMemoryFlat()
    {
        MakeAndDispose(50);
        var before = NativeBytesInUse();
        MakeAndDispose(1000);

        // Sockets are reaped in the background.
        Wait.Until(() => NativeBytesInUse() - before < 1_000_000);

        static void MakeAndDispose(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var socket = new DealerSocket(">tcp://127.0.0.1:9");
                socket.TrySendFrame(new byte[10_000]);
            }
        }
    }

    [Fact]
    public async Task Dispose_WhileAnotherThreadReceives_EndsTheCallCleanly()
    {
        for (var i = 0; i < 50; i++)
        {
            var pull = new PullSocket();
            pull.BindRandomPort("tcp://127.0.0.1");
            var receiving = Task.Run(() => ReceiveForEver(pull));
            await Task.Delay(i % 3);
            pull.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.WaitAsync(Wait.Limit));
        }
    }

    [Fact]
    public void Dispose_WhileAPollerWatches_LeavesThePollerRunning()
    {
        using var poller = new NetMQPoller();
        poller.RunAsync();
        for (var i = 0; i < 300; i++)
        {
            var socket = new PullSocket();
            socket.BindRandomPort("tcp://127.0.0.1");
            socket.ReceiveReady += (_, _) => { };
            poller.Add(socket);
            Thread.SpinWait(i * 100);
            socket.Dispose();
        }

        using var alive = new ManualResetEventSlim();
        poller.Run(alive.Set);
        Assert.True(alive.Wait(Wait.Limit));
    }

    [Fact]
    public void Poller_StoppedAndRunAgain_WorksOn()
    {
        using var poller = new NetMQPoller();
        for (var i = 0; i < 3; i++)
        {
            poller.RunAsync();
            using var ran = new ManualResetEventSlim();
            poller.Run(ran.Set);
            Assert.True(ran.Wait(Wait.Limit));
            poller.Stop();
        }
    }

    [Fact]
    public async Task Cleanup_ReceiverWaiting_ItThrowsTerminating()
    {
        using var pull = new PullSocket();
        pull.BindRandomPort("tcp://127.0.0.1");
        var receiving = Task.Run(() => pull.ReceiveFrameBytes());
        await Task.Delay(50);

        await Bounded(() => NetMQConfig.Cleanup());

        await Assert.ThrowsAsync<TerminatingException>(() => receiving.WaitAsync(Wait.Limit));
        Assert.Throws<TerminatingException>(() => pull.TryReceiveFrameBytes(out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cleanup_ForgottenSocketsAndRunningPoller_DoesNotHang(bool block)
    {
        var poller = new NetMQPoller();
        var forgotten = new RouterSocket();
        forgotten.ReceiveReady += (_, _) => { };
        forgotten.BindRandomPort("tcp://127.0.0.1");
        poller.Add(forgotten);
        poller.RunAsync();
        var dealer = new DealerSocket($">{forgotten.Options.LastEndpoint}");
        dealer.TrySendFrame([1]);

        await Bounded(() => NetMQConfig.Cleanup(block));

        Wait.Until(() => !poller.IsRunning);
        await Bounded(poller.Dispose);
        dealer.Dispose();
        forgotten.Dispose();
    }

    [Fact]
    public void Cleanup_Afterwards_NewSocketsWork()
    {
        NetMQConfig.Cleanup();
        NetMQConfig.Cleanup();

        PairSocket.CreateSocketPair(out var one, out var other);
        using (one)
        using (other)
        {
            one.SendFrame("again");
            Assert.Equal("again", other.ReceiveFrameString());
        }
    }

    /// <summary>Fails when the action hangs.</summary>
    private static Task Bounded(Action action) => Task.Run(action).WaitAsync(Wait.Limit);

    private static void ReceiveForEver(PullSocket socket)
    {
        while (true)
            socket.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(2), out _);
    }

    /// <summary>Bytes that native code holds allocated, over all of glibc's arenas, mappings included.</summary>
    private static long NativeBytesInUse()
    {
        var info = mallinfo2();
        return (long)(info.InUse + info.Mapped);
    }

    [LibraryImport("libc")]
    private static partial MallocInfo mallinfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        private readonly nuint _arena, _ordblks, _smblks, _hblks;
        public nuint Mapped;
        private readonly nuint _usmblks, _fsmblks;
        public nuint InUse;
        private readonly nuint _fordblks, _keepcost;
    }
}
