using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>Both ends over loopback, with a robot whose time the runtime advances.</summary>
public sealed class LockstepTests : IDisposable
{
    private readonly FakeLockstepDriver _driver = new();
    private readonly RobotServer _server;
    private readonly RobotClient _client;

    public LockstepTests()
    {
        _server = new RobotServer(_driver, new RobotServerOptions { Endpoint = "tcp://127.0.0.1:0" });
        _client = RobotClient.Connect(new RobotClientOptions { Endpoint = _server.Endpoint, ReplyTimeout = TimeSpan.FromSeconds(5) });
    }

    [Fact]
    public void Next_TheRobotsTimeIsTheClock()
    {
        Assert.True(_client.IsLockstep);
        Assert.Equal(TimeSpan.Zero, _client.ClockOffset);

        var frames = new[] { 0, 150, 600 }.Select(ms => _client.Next(Ms(ms), Ms(1000))!).ToList();

        Assert.Equal([0, 2, 6], frames.Select(f => f.Sequence));
        Assert.Equal([Ms(0), Ms(200), Ms(600)], frames.Select(f => f.CapturedAt));
        Assert.Equal(Ms(600), _client.Time.GetElapsedTime(0));
        Thread.Sleep(30);
        Assert.Equal(Ms(600), _client.ReadState().MeasuredAt);
    }

    [Fact]
    public void Next_NoneWithinTheTimeout_AdvancesByItAndGivesNone()
    {
        _client.Next(Ms(0), Ms(1000));
        Assert.Null(_client.Next(Ms(500), Ms(200)));
        Assert.Equal(Ms(200), _client.Time.GetElapsedTime(0));
    }

    [Fact]
    public void Send_StartsOnTheRobotsClock_AndIsLateByIt()
    {
        _client.Next(Ms(300), Ms(1000));
        Assert.Equal(ReplyStatus.Accepted, _client.Send(Command(Ms(400))).Status);
        Assert.Equal(Ms(400), Assert.Single(_driver.Motions).StartAt);
        Assert.StartsWith("late:", _client.Send(Command(Ms(200))).Reason);
    }

    [Fact]
    public void TimeToLive_CountsTheRobotsTime()
    {
        _client.Next(Ms(100), Ms(1000));
        _client.Send(Command(Ms(200)) with { TimeToLive = Ms(450) });
        Thread.Sleep(600);
        Assert.Empty(_driver.Stops);

        Assert.Equal(Ms(700), _client.Next(Ms(700), Ms(1000))!.CapturedAt);

        var (at, reason) = Assert.Single(_driver.Stops);
        Assert.Equal(Ms(550), at);
        Assert.Contains("time to live", reason);
    }

    [Fact]
    public void Lease_OfASilentRuntime_RunsOutInRealTime()
    {
        using var driver = new FakeLockstepDriver();
        var supervisor = new RobotSupervisor(driver, new RobotServerOptions { Lease = Ms(30) }, TimeProvider.System);
        var lease = Assert.IsType<LeaseReply>(supervisor.Handle(new AcquireRequest { Client = "test" }));
        Thread.Sleep(50);
        supervisor.Tick();
        Assert.Contains("ran out", Assert.Single(driver.Stops).Reason);
        var refused = Assert.IsType<RefusedReply>(supervisor.Handle(new AdvanceRequest { Session = lease.Session, NotBeforeUs = 0, TimeoutUs = 1 }));
        Assert.Equal(RefusalCodes.NotOwner, refused.Code);
    }

    [Fact]
    public void Hello_OfARuntimeThatCannot_IsRefused()
    {
        using var driver = new FakeLockstepDriver();
        var supervisor = new RobotSupervisor(driver, new RobotServerOptions(), TimeProvider.System);
        Assert.Equal(RefusalCodes.Lockstep, Assert.IsType<RefusedReply>(supervisor.Handle(new HelloRequest { Protocol = LinkProtocol.Version })).Code);
    }

    [Fact]
    public void Advance_RobotInRealTime_IsRefused()
    {
        using var driver = new FakeDriver();
        var supervisor = new RobotSupervisor(driver, new RobotServerOptions(), TimeProvider.System);
        var lease = Assert.IsType<LeaseReply>(supervisor.Handle(new AcquireRequest { Client = "test" }));
        var reply = supervisor.Handle(new AdvanceRequest { Session = lease.Session, NotBeforeUs = 0, TimeoutUs = 1 });
        Assert.Equal(RefusalCodes.Lockstep, Assert.IsType<RefusedReply>(reply).Code);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Advance_TimeoutOutOfRange_IsRefused(long timeout)
    {
        using var driver = new FakeLockstepDriver();
        var supervisor = new RobotSupervisor(driver, new RobotServerOptions(), TimeProvider.System);
        var lease = Assert.IsType<LeaseReply>(supervisor.Handle(new AcquireRequest { Client = "test" }));
        var reply = supervisor.Handle(new AdvanceRequest { Session = lease.Session, NotBeforeUs = 0, TimeoutUs = timeout });
        Assert.Equal(RefusalCodes.BadValue, Assert.IsType<RefusedReply>(reply).Code);
        Assert.Equal(TimeSpan.Zero, driver.Clock.Now);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static RobotCommand Command(TimeSpan startAt) => new()
    {
        Action = new() { Mode = ControlMode.Arm, WorldVector = new(0.01f, 0, 0) },
        StartAt = startAt,
        Duration = Ms(333),
        TimeToLive = Ms(1000),
    };
}
