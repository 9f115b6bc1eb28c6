namespace NetMQ.Tests;

/// <summary>What the tests wait for at most; nothing waits that long unless it is broken.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Long enough to trust that nothing comes.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    public static void Until(Func<bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(condition, Limit), "the awaited condition never came");
    }
}

/// <summary>Two sockets connected over loopback.</summary>
internal static class Connected
{
    public static string Bind(NetMQSocket socket) => $"tcp://127.0.0.1:{socket.BindRandomPort("tcp://127.0.0.1")}";

    public static (DealerSocket Dealer, RouterSocket Router) DealerAndRouter()
    {
        var router = new RouterSocket();
        var dealer = new DealerSocket();
        dealer.Connect(Bind(router));
        return (dealer, router);
    }
}
