using System.Text;

public class SocketTests
{
    [Fact]
    public void DealerAndRouter_OneFrameEachWay_CarryBytesAndIdentity()
    {
        var (dealer, router) = Connected.DealerAndRouter();
        using (dealer)
        using (router)
        {
            dealer.SendFrame([1, 2, 3]);
            var request = router.ReceiveMultipartMessage();
            Assert.Equal(2, request.FrameCount);
            Assert.Equal([1, 2, 3], request[1].ToByteArray());

            router.SendMoreFrame(request.First.Buffer).SendFrame("válasz");
            Assert.Equal("válasz", dealer.ReceiveFrameString());
        }
    }

    [Fact]
    public void Dealer_WithIdentity_IsNamedByIt()
    {
        using var router = new RouterSocket();
        using var dealer = new DealerSocket();
        dealer.Options.Identity = Encoding.ASCII.GetBytes("arm");
        dealer.Connect(Connected.Bind(router));

        dealer.SendFrameEmpty();

        Assert.Equal("arm", router.ReceiveMultipartMessage().First.ConvertToString());
    }

    [Fact]
    public void Router_MandatoryWithUnknownPeer_ThrowsHostUnreachable()
    {
        using var router = new RouterSocket();
        router.Options.RouterMandatory = true;
        router.BindRandomPort("tcp://127.0.0.1");

        var e = Assert.Throws<HostUnreachableException>(() => router.SendMoreFrame("nobody").SendFrame("x"));

        Assert.Equal(ErrorCode.HostUnreachable, e.ErrorCode);
    }

    [Fact]
    public void PublisherAndSubscriber_TopicPrefix_IsAllThatArrives()
    {
        using var publisher = new PublisherSocket();
        using var subscriber = new SubscriberSocket();
        subscriber.Connect(Connected.Bind(publisher));
        subscriber.Subscribe("b");

        string? received = null;
        Wait.Until(() =>
        {
            publisher.SendFrame("a");
            publisher.SendFrame("b1");
            return subscriber.TryReceiveFrameString(TimeSpan.FromMilliseconds(50), out received);
        });

        Assert.Equal("b1", received);
    }

    [Fact]
    public void PushAndPull_ManyMessages_ArriveInOrder()
    {
        using var pull = new PullSocket();
        using var push = new PushSocket($">{Connected.Bind(pull)}");
        for (var i = 0; i < 100; i++)
            push.SendFrame(BitConverter.GetBytes(i));

        for (var i = 0; i < 100; i++)
            Assert.Equal(i, BitConverter.ToInt32(pull.ReceiveFrameBytes()));
    }

    [Fact]
    public void Pair_MultipartMessage_KeepsItsFrames()
    {
        PairSocket.CreateSocketPair(out var one, out var other);
        using (one)
        using (other)
        {
            var message = new NetMQMessage();
            message.Append("second");
            message.AppendEmptyFrame();
            message.Push("first");
            one.SendMultipartMessage(message);

            var received = other.ReceiveMultipartMessage();

            Assert.Equal(["first", "second", ""], received.Select(frame => frame.ConvertToString()));
            Assert.Equal("first", received.Pop().ConvertToString());
            Assert.Equal(2, received.FrameCount);
        }
    }

    [Fact]
    public void Receive_NothingThere_GivesUpInTime()
    {
        using var pull = new PullSocket();
        pull.BindRandomPort("tcp://127.0.0.1");

        Assert.False(pull.TryReceiveFrameBytes(out _));
        Assert.False(pull.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(20), out _));
        Assert.False(pull.HasIn);
    }

    [Fact]
    public void Msg_ReceivedAndClosed_GivesItsBufferBack()
    {
        PairSocket.CreateSocketPair(out var one, out var other);
        using (one)
        using (other)
        {
            one.SendFrame([5, 6], more: true);
            one.SendFrameEmpty();
            var msg = new Msg();
            msg.InitEmpty();

            other.Receive(ref msg);

            Assert.True(msg.HasMore);
            Assert.Equal([5, 6], msg.Slice().ToArray());
            msg.Close();
            Assert.False(msg.IsInitialised);
        }
    }

    [Fact]
    public void Bind_PortInUse_ThrowsAddressAlreadyInUse()
    {
        using var first = new RouterSocket();
        using var second = new RouterSocket();
        var endpoint = Connected.Bind(first);

        var e = Assert.Throws<AddressAlreadyInUseException>(() => second.Bind(endpoint));

        Assert.Equal(ErrorCode.AddressAlreadyInUse, e.ErrorCode);
    }

    [Fact]
    public void Bind_UnknownTransport_ThrowsProtocolNotSupported()
    {
        using var socket = new RouterSocket();

        Assert.Throws<ProtocolNotSupportedException>(() => socket.Bind("pigeon://loft"));
    }

    [Fact]
    public void Disconnect_NeverConnected_ThrowsEndpointNotFound()
    {
        using var socket = new DealerSocket();

        Assert.Throws<EndpointNotFoundException>(() => socket.Disconnect("tcp://127.0.0.1:9"));
    }

    [Fact]
    public void Unbind_ThenBindAgain_FreesTheAddress()
    {
        using var socket = new RouterSocket();
        var endpoint = Connected.Bind(socket);
        socket.Unbind(endpoint);
        using var other = new RouterSocket();

        Wait.Until(() =>
        {
            try
            {
                other.Bind(endpoint);
                return true;
            }
            catch (AddressAlreadyInUseException)
            {
                return false;
            }
        });
    }

    [Fact]
    public void PatternsWithoutADirection_ThrowNotSupported()
    {
        using var publisher = new PublisherSocket();
        using var subscriber = new SubscriberSocket();

        Assert.Throws<NotSupportedException>(() => publisher.TryReceiveFrameBytes(out _));
        Assert.Throws<NotSupportedException>(() => subscriber.TrySendFrame([1]));
    }
}
