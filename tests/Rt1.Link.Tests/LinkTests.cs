using System.Numerics;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>Both ends over loopback.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly FakeDriver _driver = new();
    private readonly List<IDisposable> _opened = [];

    [Fact]
    public void Session_FromConnectToDispose_MovesAndStopsTheRobot()
    {
        var server = Serve();
        var client = Connect(server);
        Assert.Equal(_driver.Description, client.Description);
        Assert.Equal(new Vector3(1, 2, 3), client.ReadState().EndEffectorPosition);

        var reply = client.Send(Command(Now + Ms(100)));

        Assert.Equal(ReplyStatus.Accepted, reply.Status);
        Assert.Equal(new Vector3(0.01f, 0, 0), reply.Applied!.WorldVector);
        Assert.Equal([0.5f, -0.5f], reply.State!.JointPositions);
        client.Dispose();
        Assert.Contains("the runtime ended", _driver.Stops);
        using var next = Connect(server);
    }

    [Fact]
    public void Send_BeyondTheLimits_ReturnsWhatIsApplied()
    {
        using var client = Connect(Serve());

        var reply = client.Send(Command(Soon) with { Action = new() { Mode = ControlMode.Arm, WorldVector = new(0.5f, 0, 0) } });

        Assert.Equal(ReplyStatus.Clamped, reply.Status);
        Assert.Equal(0.1f, reply.Applied!.WorldVector.X, 1e-6f);
    }

    [Fact]
    public void Send_NotANumber_NeverLeaves()
    {
        using var client = Connect(Serve());

        Assert.Throws<NonFiniteActionException>(() =>
            client.Send(Command(Soon) with { Action = new() { Mode = ControlMode.Arm, WorldVector = new(float.NaN, 0, 0) } }));
    }

    [Fact]
    public void Send_StartLongPassed_IsRefusedWithTheReason()
    {
        using var client = Connect(Serve());

        var reply = client.Send(Command(Now - TimeSpan.FromSeconds(1)));

        Assert.Equal(ReplyStatus.Refused, reply.Status);
        Assert.StartsWith("late: its start passed", reply.Reason);
        Assert.Empty(_driver.Motions);
    }

    [Fact]
    public void Send_RobotWithAnotherClock_StartsAtTheSameInstant()
    {
        var robotTime = new ShiftedTime(TimeSpan.FromHours(100));
        using var client = Connect(Serve(time: robotTime));
        var start = Now + Ms(150);

        Assert.Equal(ReplyStatus.Accepted, client.Send(Command(start)).Status);

        var error = (Assert.Single(_driver.Motions).StartAt - robotTime.Shift - start).Duration();
        Assert.True(error <= client.RoundTrip / 2 + Ms(1), $"the motion starts {error.TotalMilliseconds} ms off");
    }

    [Fact]
    public void Connect_RobotOwnedByAnother_IsRefusedInOneLine()
    {
        var server = Serve();
        using var first = Connect(server);

        var e = Assert.Throws<LinkException>(() => Connect(server));

        Assert.Equal(LinkFault.LeaseHeld, e.Fault);
        Assert.Contains("refused (lease_held): 'first' owns the robot", e.Message);
        Assert.Equal(ReplyStatus.Accepted, first.Send(Command(Soon)).Status);
    }

    [Fact]
    public void Connect_NobodyThere_SaysSo()
    {
        var e = Assert.Throws<LinkException>(() => RobotClient.Connect(new() { Endpoint = "tcp://127.0.0.1:9", ConnectTimeout = Ms(300) }));

        Assert.Equal(LinkFault.NoAnswer, e.Fault);
        Assert.StartsWith("tcp://127.0.0.1:9: no ", e.Message);
    }

    [Fact]
    public void Connect_Cancelled_GivesUpAtOnce()
    {
        using var cancellation = new CancellationTokenSource(Ms(100));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            RobotClient.Connect(new() { Endpoint = "tcp://127.0.0.1:9", ConnectTimeout = TimeSpan.FromMinutes(5) }, null, cancellation.Token));
    }

    [Fact]
    public void Serve_PortInUse_SaysSo()
    {
        var server = Serve();

        var e = Assert.Throws<LinkException>(() => new RobotServer(new FakeDriver(), new() { Endpoint = server.Endpoint }));

        Assert.Equal(LinkFault.PortInUse, e.Fault);
        Assert.StartsWith($"{server.Endpoint}: the port is in use", e.Message);
    }

    [Fact]
    public void Robot_ThatIsRestarted_IsNoLongerOwned()
    {
        var server = Serve();
        using var client = Connect(server);
        var endpoint = server.Endpoint;
        server.Dispose();
        Assert.Equal(ReplyStatus.TimedOut, client.Send(Command(Soon)).Status);

        Serve(new RobotServerOptions { Endpoint = endpoint });

        LinkException? lost = null;
        Wait.Until(() =>
        {
            lost = Record.Exception(() => client.Send(Command(Soon))) as LinkException;
            return lost is not null;
        }, "the lost lease");
        Assert.Equal(LinkFault.LeaseLost, lost!.Fault);
    }

    [Fact]
    public void EmergencyStop_OverTheLink_LatchesUntilReset()
    {
        using var client = Connect(Serve());

        Assert.True(client.EmergencyStop("test").IsEmergencyStopped);

        Assert.StartsWith("emergency_stopped", client.Send(Command(Soon)).Reason);
        Assert.False(client.Reset().IsEmergencyStopped);
        Assert.Equal(ReplyStatus.Accepted, client.Send(Command(Soon)).Status);
    }

    [Fact]
    public void EmergencyStop_AtTheRobot_ReachesTheRuntime()
    {
        var server = Serve();
        using var client = Connect(server);

        server.EmergencyStop("button");

        Wait.Until(() => client.ReadState().IsEmergencyStopped, "the emergency stop");
        Assert.StartsWith("emergency_stopped: emergency stop: button", client.Send(Command(Soon)).Reason);
    }

    [Fact]
    public void Lease_IdleButAlive_IsRenewed()
    {
        using var client = Connect(Serve(new RobotServerOptions { Lease = Ms(150) }));

        Thread.Sleep(600);

        Assert.Equal(ReplyStatus.Accepted, client.Send(Command(Soon)).Status);
    }

    [Fact]
    public void Stop_AfterDispose_DoesNotThrow()
    {
        var client = Connect(Serve());
        client.Dispose();

        client.Stop("again");
        client.Dispose();
    }

    [Fact]
    public void Frames_OfTheRobot_TheNewestArrivesOnOurClock()
    {
        using var client = Connect(Serve(new RobotServerOptions { JpegQuality = null }));
        Wait.Until(() =>
        {
            _driver.Capture(Frame(1, Now));
            return client.Next(TimeSpan.Zero, Ms(20)) is not null;
        }, "the first frame");

        var since = Now;
        for (var i = 2; i <= 5; i++)
        {
            _driver.Capture(Frame(i, Now));
            Thread.Sleep(20);
        }

        Wait.Until(() => client.Next(since, Ms(50)) is { Sequence: 5 }, "the newest frame");
        var frame = client.Next(since, Ms(50))!;
        Assert.Equal((6, 4, 72), (frame.Width, frame.Height, frame.Pixels.Length));
        Assert.True(frame.CapturedAt >= since && frame.CapturedAt <= Now);
        Assert.Equal(new Vector3(1, 2, 3), frame.State!.EndEffectorPosition);
        Assert.Null(client.Next(Now, Ms(10)));
    }

    [Fact]
    public void Frames_TooOld_AreDropped()
    {
        using var client = Connect(Serve());
        Wait.Until(() =>
        {
            _driver.Capture(Frame(1, Now));
            return client.Next(TimeSpan.Zero, Ms(20)) is not null;
        }, "the first frame");

        _driver.Capture(Frame(2, Now - TimeSpan.FromSeconds(5)));

        Thread.Sleep(50);
        Assert.Equal(1, client.Next(TimeSpan.MinValue, Ms(50))!.Sequence);
    }

    [Fact]
    public async Task Next_Cancelled_EndsTheWait()
    {
        using var client = Connect(Serve());
        using var cancellation = new CancellationTokenSource();
        var waiting = Task.Run(() => client.Next(Now, TimeSpan.FromMinutes(5), cancellation.Token));
        await Task.Delay(50);

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Wait.Limit));
    }

    [Fact]
    public async Task Next_Disposed_EndsTheWait()
    {
        var client = Connect(Serve());
        var waiting = Task.Run(() => client.Next(Now, TimeSpan.FromMinutes(5)));
        await Task.Delay(50);

        client.Dispose();

        Assert.Null(await waiting.WaitAsync(Wait.Limit));
        Assert.True(client.IsExhausted);
    }

    public void Dispose()
    {
        foreach (var opened in _opened)
            opened.Dispose();
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    /// <summary>A start that even a busy machine meets.</summary>
    private static TimeSpan Soon => Now + Ms(300);

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static Frame Frame(long sequence, TimeSpan at) =>
        new() { Width = 6, Height = 4, Pixels = new byte[72], CapturedAt = at, Sequence = sequence };

    private static RobotCommand Command(TimeSpan startAt) => new()
    {
        Action = new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0.01f, 0, 0) },
        StartAt = startAt,
        Duration = Ms(333),
        TimeToLive = Ms(1000),
    };

    private static RobotClient Connect(RobotServer server) => RobotClient.Connect(new()
    {
        Endpoint = server.Endpoint,
        ClientName = "first",
        ReplyTimeout = TimeSpan.FromSeconds(2),
    });

    private RobotServer Serve(RobotServerOptions? options = null, TimeProvider? time = null)
    {
        options ??= new RobotServerOptions();
        var server = new RobotServer(_driver, options.Endpoint == new RobotServerOptions().Endpoint ? options with { Endpoint = "tcp://127.0.0.1:0" } : options, time);
        _opened.Add(server);
        return server;
    }

    /// <summary>The system's clock, set forward.</summary>
    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public TimeSpan Shift { get; } = shift;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Shift.TotalSeconds * TimestampFrequency);
    }
}
