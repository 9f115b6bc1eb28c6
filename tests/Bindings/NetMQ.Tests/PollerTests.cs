using System.Collections.Concurrent;

public class PollerTests
{
    [Fact]
    public void Poller_SocketsQueueTimerAndTasks_ShareOneThread()
    {
        var threads = new ConcurrentDictionary<string, int>();
        var (dealer, router) = Connected.DealerAndRouter();
        using (dealer)
        using (router)
        using (var queue = new NetMQQueue<int>())
        {
            var timer = new NetMQTimer(TimeSpan.FromMilliseconds(5));
            router.ReceiveReady += (_, e) =>
            {
                threads["socket"] = Environment.CurrentManagedThreadId;
                e.Socket.SkipFrame();
                e.Socket.SkipFrame();
            };
            queue.ReceiveReady += (_, e) =>
            {
                threads["queue"] = Environment.CurrentManagedThreadId;
                e.Queue.Dequeue();
            };
            timer.Elapsed += (_, _) => threads["timer"] = Environment.CurrentManagedThreadId;
            using var poller = new NetMQPoller { router, queue, timer };
            poller.RunAsync();

            dealer.SendFrame([1]);
            queue.Enqueue(7);
            poller.Run(() => threads["task"] = Environment.CurrentManagedThreadId);

            Wait.Until(() => threads.Count == 4);
            Assert.Single(threads.Values.Distinct());
            Assert.NotEqual(Environment.CurrentManagedThreadId, threads["socket"]);
        }
    }

    [Fact]
    public void Poller_Stop_ReturnsWithTheLoopEnded()
    {
        using var poller = new NetMQPoller();
        poller.RunAsync();
        Assert.True(poller.IsRunning);
        Assert.Throws<InvalidOperationException>(poller.RunAsync);

        poller.Stop();

        Assert.False(poller.IsRunning);
    }

    [Fact]
    public void Timer_Disabled_IsSilentUntilReset()
    {
        var ticks = 0;
        var timer = new NetMQTimer(5) { Enable = false };
        timer.Elapsed += (_, e) =>
        {
            ticks++;
            e.Timer.Enable = false;
        };
        using var poller = new NetMQPoller { timer };
        poller.RunAsync();
        Thread.Sleep(50);
        Assert.Equal(0, ticks);

        poller.Run(timer.EnableAndReset);

        Wait.Until(() => Volatile.Read(ref ticks) == 1);
        Thread.Sleep(50);
        Assert.Equal(1, ticks);
    }

    [Fact]
    public void Poller_RemovedSocket_IsSilent()
    {
        var received = 0;
        PairSocket.CreateSocketPair(out var one, out var other);
        using (one)
        using (other)
        {
            other.ReceiveReady += (_, e) =>
            {
                e.Socket.SkipFrame();
                Interlocked.Increment(ref received);
            };
            using var poller = new NetMQPoller { other };
            poller.RunAsync();
            one.SendFrameEmpty();
            Wait.Until(() => Volatile.Read(ref received) == 1);

            poller.Remove(other);
            using var removed = new ManualResetEventSlim();
            poller.Run(removed.Set);
            Assert.True(removed.Wait(Wait.Limit));
            one.SendFrameEmpty();

            Thread.Sleep(50);
            Assert.Equal(1, received);
        }
    }

    [Fact]
    public void Poller_SocketsRemovedAndDisposedWhileTheyReceive_Survives()
    {
        using var poller = new NetMQPoller();
        poller.RunAsync();
        for (var i = 0; i < 200; i++)
        {
            PairSocket.CreateSocketPair(out var one, out var other);
            using (one)
            {
                other.ReceiveReady += (_, e) => e.Socket.TrySkipFrame();
                poller.Add(other);
                for (var n = 0; n < 5; n++)
                    one.TrySendFrame([1]);
                poller.RemoveAndDispose(other);
            }
        }

        using var alive = new ManualResetEventSlim();
        poller.Run(alive.Set);
        Assert.True(alive.Wait(Wait.Limit));
    }

    [Fact]
    public void Queue_ManyWriters_LosesNothing()
    {
        var sum = 0L;
        using var queue = new NetMQQueue<int>();
        queue.ReceiveReady += (_, e) =>
        {
            while (e.Queue.TryDequeue(out var value, TimeSpan.Zero))
                Interlocked.Add(ref sum, value);
        };
        using var poller = new NetMQPoller { queue };
        poller.RunAsync();

        Parallel.For(1, 2001, queue.Enqueue);

        Wait.Until(() => Interlocked.Read(ref sum) == 2000L * 2001 / 2);
    }

    [Fact]
    public void Queue_Empty_GivesUpInTime()
    {
        using var queue = new NetMQQueue<int>();

        Assert.False(queue.TryDequeue(out _, TimeSpan.FromMilliseconds(10)));
    }
}
