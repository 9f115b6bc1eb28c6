public class SocketOptionTests
{
    [Fact]
    public void Options_SetAndRead_KeepTheirValues()
    {
        using var socket = new DealerSocket();
        var options = socket.Options;
        options.SendHighWatermark = 1;
        options.ReceiveHighWatermark = 2;
        options.Linger = TimeSpan.FromMilliseconds(30);
        options.MaxMsgSize = 5_000_000_000;
        options.DelayAttachOnConnect = true;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.HeartbeatTimeout = TimeSpan.FromMilliseconds(1500);
        options.HeartbeatTtl = TimeSpan.FromMilliseconds(2000);
        options.ReconnectInterval = TimeSpan.FromMilliseconds(70);

        Assert.Equal(1, options.SendHighWatermark);
        Assert.Equal(2, options.ReceiveHighWatermark);
        Assert.Equal(30, options.Linger.TotalMilliseconds);
        Assert.Equal(5_000_000_000, options.MaxMsgSize);
        Assert.True(options.DelayAttachOnConnect);
        Assert.Equal(500, options.HeartbeatInterval.TotalMilliseconds);
        Assert.Equal(1500, options.HeartbeatTimeout.TotalMilliseconds);
        Assert.Equal(2000, options.HeartbeatTtl.TotalMilliseconds);
        Assert.Equal(70, options.ReconnectInterval.TotalMilliseconds);
    }

    [Fact]
    public void NewSocket_DoesNotLinger()
    {
        using var socket = new DealerSocket();

        Assert.Equal(TimeSpan.Zero, socket.Options.Linger);
        Assert.Equal(1000, socket.Options.SendHighWatermark);
    }

    [Fact]
    public void BindRandomPort_LastEndpoint_NamesThePort()
    {
        using var socket = new RouterSocket();

        var port = socket.BindRandomPort("tcp://127.0.0.1");

        Assert.Equal($"tcp://127.0.0.1:{port}", socket.Options.LastEndpoint);
    }

    [Fact]
    public void DelayAttachOnConnect_AbsentPeer_QueuesNothing()
    {
        using var nobody = new RouterSocket();
        var endpoint = Connected.Bind(nobody);
        nobody.Unbind(endpoint);
        using var dealer = new DealerSocket();
        dealer.Options.DelayAttachOnConnect = true;
        dealer.Connect(endpoint);

        Assert.False(dealer.TrySendFrame([1]));
    }

    [Fact]
    public void SendHighWatermark_SilentPeer_BoundsTheQueue()
    {
        using var dealer = new DealerSocket();
        dealer.Options.SendHighWatermark = 1;
        dealer.Connect("tcp://127.0.0.1:9");

        Assert.True(dealer.TrySendFrame([1]));
        Assert.False(dealer.TrySendFrame([2]));
    }

    [Fact]
    public void MaxMsgSize_LargerFrame_NeverArrives()
    {
        using var pull = new PullSocket();
        pull.Options.MaxMsgSize = 100;
        var endpoint = Connected.Bind(pull);
        using var push = new PushSocket($">{endpoint}");
        push.SendFrame(new byte[101]);
        Assert.False(pull.TryReceiveFrameBytes(Wait.Silence, out _));

        using var honest = new PushSocket($">{endpoint}");
        honest.SendFrame(new byte[100]);
        Assert.True(pull.TryReceiveFrameBytes(Wait.Limit, out var bytes));
        Assert.Equal(100, bytes!.Length);
    }
}
