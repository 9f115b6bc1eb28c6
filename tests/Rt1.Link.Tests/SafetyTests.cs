using System.Numerics;
using NetMQ;
using NetMQ.Sockets;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>What a hostile or dying peer can do to the robot: nothing.</summary>
public sealed class SafetyTests : IDisposable
{
    private static readonly MessageCodec Plain = new(new MessageSeal(null));

    private readonly FakeDriver _driver = new();
    private RobotServer? _server;

    [Fact]
    public void Runtime_ThatVanishes_LeavesARobotThatStopsByItself()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0" });
        var stopwatch = System.Diagnostics.Stopwatch.StartNew();
        using (var peer = Connect(endpoint))
        {
            var session = Assert.IsType<LeaseReply>(Ask(peer, new AcquireRequest { Client = "doomed" })).Session;
            stopwatch.Restart();
            Assert.IsType<AcceptedReply>(Ask(peer, Command(session, ClockOf(peer) + 200_000, TimeSpan.FromMilliseconds(300))));
        }

        Wait.Until(() => _driver.Stops.Count == 1, "the stop");

        Assert.True(stopwatch.Elapsed >= TimeSpan.FromMilliseconds(299), $"it stopped after {stopwatch.Elapsed}");
        Assert.Equal("no command came within the last one's time to live", _driver.Stops[0]);
        Wait.Until(() => _driver.Stops.Contains("the lease of 'doomed' ran out"), "the free lease");
    }

    [Fact]
    public void Noise_InEveryShape_IsAnsweredOrDroppedAndTheRobotLives()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0" });
        var random = new Random(2);
        using (var peer = Connect(endpoint))
        {
            peer.SendFrameEmpty();
            peer.SendMoreFrame([1]).SendMoreFrame([2]).SendFrame([3]);
            for (var i = 0; i < 300; i++)
            {
                var noise = new byte[random.Next(500)];
                random.NextBytes(noise);
                peer.SendFrame(noise);
            }
            peer.SendFrame(new byte[LinkProtocol.MaxMessageBytes + 1]);
        }

        using var honest = Connect(endpoint);
        Assert.IsType<WelcomeReply>(Ask(honest, new HelloRequest { Protocol = 1 }));
        Assert.Empty(_driver.Motions);
    }

    [Fact]
    public void Message_OfSeveralFrames_IsRefused()
    {
        using var peer = Connect(Serve(new() { Endpoint = "tcp://127.0.0.1:0" }));

        peer.SendMoreFrame("""{"type":"state"}""").SendFrame("""{"type":"state"}""");

        Assert.Equal(RefusalCodes.Malformed, Assert.IsType<RefusedReply>(Receive(peer)).Code);
    }

    [Fact]
    public void Message_OfUnknownType_IsRefusedUnderItsId()
    {
        using var peer = Connect(Serve(new() { Endpoint = "tcp://127.0.0.1:0" }));

        peer.SendFrame("""{"type":"dance","id":4}""");

        var refused = Assert.IsType<RefusedReply>(Receive(peer));
        Assert.Equal((4L, RefusalCodes.Malformed), (refused.Id, refused.Code));
    }

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100")]
    [InlineData("00112233445566778899aabbccddeeff", null)]
    [InlineData(null, "ffeeddccbbaa99887766554433221100")]
    public void SharedKey_DifferentOnTheTwoEnds_IsRefusedInOneLine(string? robot, string? runtime)
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = new() { SharedKey = robot } });

        var e = Assert.Throws<LinkException>(() => Connect(endpoint, new() { SharedKey = runtime }));

        Assert.Equal(LinkFault.KeyMismatch, e.Fault);
        Assert.Contains("link.shared_key", e.Message);
    }

    [Fact]
    public void SharedKey_SameOnBothEnds_CarriesCommandsAndFrames()
    {
        var security = new LinkSecurity { SharedKey = "00112233445566778899aabbccddeeff" };
        using var client = Connect(Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = security }), security);

        AssertWorks(client);
    }

#if RT1_SYSTEM_BINDINGS
    private static readonly (string PublicKey, string SecretKey) Robot = LinkSecurity.NewKeyPair();
    private static readonly (string PublicKey, string SecretKey) Runtime = LinkSecurity.NewKeyPair();
    private static readonly LinkSecurity RobotKeys = new() { SecretKey = Robot.SecretKey, AllowedClients = [Runtime.PublicKey] };

    [Fact]
    public void Curve_RightKeys_CarriesCommandsAndFrames()
    {
        using var client = Connect(
            Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = RobotKeys }),
            new() { SecretKey = Runtime.SecretKey, ServerKey = Robot.PublicKey });

        AssertWorks(client);
    }

    [Fact]
    public void Curve_BeyondLoopback_IsAllowed()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://0.0.0.0:0", Security = RobotKeys }).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

        using var client = Connect(endpoint, new() { SecretKey = Runtime.SecretKey, ServerKey = Robot.PublicKey });
    }

    [Fact]
    public void Curve_RuntimeThatIsNotAllowed_IsToldSo()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = RobotKeys });

        var e = Assert.Throws<LinkException>(() =>
            Connect(endpoint, new() { SecretKey = LinkSecurity.NewKeyPair().SecretKey, ServerKey = Robot.PublicKey }));

        Assert.Equal(LinkFault.KeyMismatch, e.Fault);
        Assert.Contains("link.allowed_clients", e.Message);
    }

    [Fact]
    public void Curve_AnotherRobotsKey_IsRefused()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = RobotKeys });

        var e = Assert.Throws<LinkException>(() =>
            Connect(endpoint, new() { SecretKey = Runtime.SecretKey, ServerKey = LinkSecurity.NewKeyPair().PublicKey }));

        Assert.Contains("no ", e.Message);
    }

    [Fact]
    public void Curve_PlaintextRuntime_IsRefused()
    {
        var endpoint = Serve(new() { Endpoint = "tcp://127.0.0.1:0", Security = RobotKeys });

        var e = Assert.Throws<LinkException>(() => Connect(endpoint, new()));

        Assert.Contains("CURVE", e.Message);
        Assert.Empty(_driver.Motions);
    }
#endif

    public void Dispose() => _server?.Dispose();

    private static DealerSocket Connect(string endpoint)
    {
        var peer = new DealerSocket();
        peer.Connect(endpoint);
        return peer;
    }

    private static RobotClient Connect(string endpoint, LinkSecurity security) => RobotClient.Connect(new()
    {
        Endpoint = endpoint,
        Security = security,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        ReplyTimeout = TimeSpan.FromSeconds(2),
    });

    private static Reply Ask(DealerSocket peer, Request request)
    {
        peer.SendFrame(Plain.Encode(request));
        return Receive(peer);
    }

    private static Reply Receive(DealerSocket peer)
    {
        Assert.True(peer.TryReceiveFrameBytes(Wait.Limit, out var bytes), "no reply");
        return Plain.Decode<Reply>(bytes);
    }

    private static long ClockOf(DealerSocket peer) => Ask(peer, new StateRequest()).ClockUs;

    private static CommandRequest Command(string session, long startAt, TimeSpan timeToLive) => new()
    {
        Session = session,
        Sequence = 1,
        StartAtUs = startAt,
        PeriodUs = 200_000,
        TimeToLiveUs = LinkProtocol.ToMicroseconds(timeToLive),
        Action = ActionMessage.From(new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0.01f, 0, 0) }),
    };

    private string Serve(RobotServerOptions options) => (_server = new RobotServer(_driver, options)).Endpoint;

    private void AssertWorks(RobotClient client)
    {
        var now = TimeProvider.System.GetElapsedTime(0);
        var reply = client.Send(new()
        {
            Action = new RobotAction { Mode = ControlMode.Arm },
            StartAt = now + TimeSpan.FromMilliseconds(300),
            Duration = TimeSpan.FromMilliseconds(300),
            TimeToLive = TimeSpan.FromSeconds(1),
        });
        Assert.Equal(ReplyStatus.Accepted, reply.Status);
        Wait.Until(() =>
        {
            _driver.Capture(new() { Width = 6, Height = 4, Pixels = new byte[72], CapturedAt = TimeProvider.System.GetElapsedTime(0) });
            return client.Next(now, TimeSpan.FromMilliseconds(20)) is not null;
        }, "a frame");
    }
}
