using System.Numerics;
using Microsoft.Extensions.Time.Testing;
using Rt1.Core;

namespace Rt1.Link.Tests;

public sealed class RobotSupervisorTests
{
    private static readonly RobotServerOptions Options = new();

    private readonly FakeTimeProvider _time = new();
    private readonly FakeDriver _driver = new();
    private readonly RobotSupervisor _robot;
    private long _sequence;

    public RobotSupervisorTests() => _robot = new RobotSupervisor(_driver, Options, _time);

    private TimeSpan Now => _time.GetElapsedTime(0);

    [Fact]
    public void Hello_OurVersion_DescribesTheRobot()
    {
        _robot.FramesPort = 77;

        var welcome = Assert.IsType<WelcomeReply>(_robot.Handle(new HelloRequest { Id = 5, Protocol = LinkProtocol.Version }));

        Assert.Equal(5, welcome.Id);
        Assert.Equal(77, welcome.FramesPort);
        Assert.Equal(2_000_000, welcome.LeaseUs);
        Assert.Equal(_driver.Description, welcome.Robot.ToDescription());
    }

    [Fact]
    public void Hello_OtherVersion_IsRefusedWithOurs()
    {
        var refused = Refused(_robot.Handle(new HelloRequest { Protocol = 2 }), RefusalCodes.UnsupportedProtocol);

        Assert.Equal(1, refused.Protocol);
        Assert.Equal("this robot speaks protocol 1, got 2.", refused.Reason);
    }

    [Fact]
    public void Acquire_WhileAnotherOwns_IsRefusedUntilTheLeaseEnds()
    {
        Acquire("first");

        var refused = Refused(_robot.Handle(new AcquireRequest { Client = "second" }), RefusalCodes.LeaseHeld);
        Assert.StartsWith("'first' owns the robot", refused.Reason);

        _time.Advance(Options.Lease);
        Acquire("second");
    }

    [Fact]
    public void Release_ThenAcquire_IsGranted()
    {
        var session = Acquire("first");
        Assert.IsType<ReleasedReply>(_robot.Handle(new ReleaseRequest { Session = session }));

        Acquire("second");

        Refused(_robot.Handle(new RenewRequest { Session = session }), RefusalCodes.NotOwner);
    }

    [Fact]
    public void Renew_BeforeTheEnd_KeepsTheLease()
    {
        var session = Acquire();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Options.Lease * 0.9);
            Assert.IsType<LeaseReply>(_robot.Handle(new RenewRequest { Session = session }));
        }
        _time.Advance(Options.Lease);

        Refused(_robot.Handle(new RenewRequest { Session = session }), RefusalCodes.NotOwner);
        Assert.Contains("the lease of 'test' ran out", _driver.Stops);
    }

    [Fact]
    public void Command_OfTheOwner_MovesAtItsStart()
    {
        var session = Acquire();

        var reply = Assert.IsType<AcceptedReply>(_robot.Handle(Command(session) with { Id = 9, StartAtUs = Us(Now) + 100_000 }));

        var motion = Assert.Single(_driver.Motions);
        Assert.Equal(Now + TimeSpan.FromMilliseconds(100), motion.StartAt);
        Assert.Equal(TimeSpan.FromMilliseconds(333), motion.Duration);
        Assert.Equal(motion.Action, reply.Action.ToAction());
        Assert.Equal(9, reply.Id);
        Assert.Equal([1, 2, 3], reply.State.EndEffectorPosition);
    }

    [Fact]
    public void Command_BeyondTheLimits_IsClampedAndSaysSo()
    {
        var session = Acquire();
        var far = new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0, 3, 4) };

        var reply = Assert.IsType<ClampedReply>(_robot.Handle(Command(session) with { Action = ActionMessage.From(far) }));

        Assert.Equal(0.1f, _driver.Motions[0].Action.WorldVector.Length(), 1e-6f);
        Assert.Equal(_driver.Motions[0].Action, reply.Action.ToAction());
    }

    [Fact]
    public void Command_OfAStranger_IsRefused()
    {
        Acquire();

        Refused(_robot.Handle(Command("0123")), RefusalCodes.NotOwner);

        Assert.Empty(_driver.Motions);
    }

    [Fact]
    public void Command_SameSequenceTwice_MovesOnce()
    {
        var command = Command(Acquire());
        _robot.Handle(command);

        Refused(_robot.Handle(command), RefusalCodes.StaleSequence);

        Assert.Single(_driver.Motions);
    }

    [Fact]
    public void Command_OlderSequence_IsDroppedAndDoesNotProlongTheLast()
    {
        var session = Acquire();
        _robot.Handle(Command(session) with { Sequence = 10 });
        _time.Advance(TimeSpan.FromMilliseconds(900));

        Refused(_robot.Handle(Command(session) with { Sequence = 9 }), RefusalCodes.StaleSequence);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        _robot.Tick();
        Assert.Single(_driver.Stops);
    }

    [Fact]
    public void Command_StartJustPassed_MovesNow()
    {
        var session = Acquire();

        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session) with { StartAtUs = Us(Now - Options.LateTolerance) }));

        Assert.Equal(Now, _driver.Motions[0].StartAt);
    }

    [Fact]
    public void Command_StartLongPassed_IsDiscarded()
    {
        var session = Acquire();

        Refused(_robot.Handle(Command(session) with { StartAtUs = Us(Now - Options.LateTolerance) - 1 }), RefusalCodes.Late);

        Assert.Empty(_driver.Motions);
    }

    [Fact]
    public void Command_StartAfterItsTimeToLive_IsRefused() =>
        Refused(_robot.Handle(Command(Acquire()) with { StartAtUs = Us(Now) + 1_000_001 }), RefusalCodes.TooEarly);

    [Theory]
    [InlineData(0, 333_000)]
    [InlineData(2_000_001, 333_000)]
    [InlineData(long.MaxValue, 333_000)]
    [InlineData(1_000_000, 49_999)]
    [InlineData(1_000_000, long.MinValue)]
    public void Command_TimesOutOfRange_IsRefused(long timeToLive, long period) =>
        Refused(_robot.Handle(Command(Acquire()) with { TimeToLiveUs = timeToLive, PeriodUs = period }), RefusalCodes.BadValue);

    [Fact]
    public void Command_NonFiniteValue_IsRefusedByName()
    {
        var action = ActionMessage.From(new RobotAction { Mode = ControlMode.Arm }) with { RotationDelta = [0, float.PositiveInfinity, 0] };

        var refused = Refused(_robot.Handle(Command(Acquire()) with { Action = action }), RefusalCodes.BadValue);

        Assert.Equal("rotation_delta.pitch must be finite.", refused.Reason);
    }

    [Fact]
    public void Command_BaseModeWithoutBase_IsRefused()
    {
        var driver = new FakeDriver { Description = _driver.Description with { HasBase = false } };
        var robot = new RobotSupervisor(driver, Options, _time);
        var session = Assert.IsType<LeaseReply>(robot.Handle(new AcquireRequest { Client = "test" })).Session;

        Refused(robot.Handle(Command(session, ControlMode.Base)), RefusalCodes.UnsupportedMode);
    }

    [Fact]
    public void Command_Terminate_StopsAndNothingMoves()
    {
        var session = Acquire();

        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session, ControlMode.Terminate)));

        Assert.Empty(_driver.Motions);
        Assert.Single(_driver.Stops);
    }

    [Fact]
    public void TimeToLive_RunsOut_StopsOnce()
    {
        var session = Acquire();
        _robot.Handle(Command(session));
        Assert.Equal(Now + TimeSpan.FromSeconds(1), _robot.Deadline);

        _time.Advance(TimeSpan.FromMilliseconds(999));
        _robot.Tick();
        Assert.Empty(_driver.Stops);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _robot.Tick();
        _robot.Tick();

        Assert.Equal(["no command came within the last one's time to live"], _driver.Stops);
    }

    [Fact]
    public void TimeToLive_NextCommandInTime_KeepsMoving()
    {
        var session = Acquire();
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
            _time.Advance(TimeSpan.FromMilliseconds(900));
            _robot.Tick();
        }

        Assert.Empty(_driver.Stops);
    }

    [Fact]
    public void TimeToLive_AfterItRanOut_TheOwnerMayGoOn()
    {
        var session = Acquire();
        _robot.Handle(Command(session));
        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
    }

    [Fact]
    public void EmergencyStop_FromAnyone_LatchesUntilTheOwnerResets()
    {
        var session = Acquire();

        var state = Assert.IsType<StateReply>(_robot.Handle(new EmergencyStopRequest { Reason = "smoke" })).State;

        Assert.True(state.IsEmergencyStopped);
        Assert.Equal(["emergency stop: smoke"], _driver.Stops);
        Assert.Equal("emergency stop: smoke; reset it first.", Refused(_robot.Handle(Command(session)), RefusalCodes.EmergencyStopped).Reason);
        Refused(_robot.Handle(new ResetRequest { Session = "stranger" }), RefusalCodes.NotOwner);
        Assert.False(Assert.IsType<StateReply>(_robot.Handle(new ResetRequest { Session = session })).State.IsEmergencyStopped);
        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
    }

    [Fact]
    public void EmergencyStop_NewOwner_StaysLatched()
    {
        _robot.Handle(new EmergencyStopRequest());
        _time.Advance(TimeSpan.FromHours(1));

        Refused(_robot.Handle(Command(Acquire())), RefusalCodes.EmergencyStopped);
    }

    [Fact]
    public void Stop_OfTheOwner_EndsMotionWithoutALatch()
    {
        var session = Acquire();
        _robot.Handle(Command(session));

        Assert.IsType<StateReply>(_robot.Handle(new StopRequest { Session = session, Reason = "enough" }));

        Assert.Equal(["enough"], _driver.Stops);
        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
    }

    [Fact]
    public void Driver_ThatFails_IsStoppedAndLatched()
    {
        var session = Acquire();
        _driver.Fault = new InvalidOperationException("motor 3 is on fire");

        Assert.Equal("motor 3 is on fire", Refused(_robot.Handle(Command(session)), RefusalCodes.RobotFault).Reason);

        Assert.Single(_driver.Stops);
        Refused(_robot.Handle(Command(session)), RefusalCodes.EmergencyStopped);
    }

    [Fact]
    public void State_FromAnyone_CarriesTheClock()
    {
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Us(Now), _robot.Handle(new StateRequest()).ClockUs);
    }

    private static long Us(TimeSpan time) => LinkProtocol.ToMicroseconds(time);

    private static RefusedReply Refused(Reply reply, string code)
    {
        var refused = Assert.IsType<RefusedReply>(reply);
        Assert.Equal(code, refused.Code);
        return refused;
    }

    private string Acquire(string client = "test") =>
        Assert.IsType<LeaseReply>(_robot.Handle(new AcquireRequest { Client = client })).Session;

    private CommandRequest Command(string session, ControlMode mode = ControlMode.Arm) => new()
    {
        Session = session,
        Sequence = ++_sequence,
        StartAtUs = Us(Now),
        PeriodUs = 333_000,
        TimeToLiveUs = 1_000_000,
        Action = ActionMessage.From(new RobotAction { Mode = mode, WorldVector = new Vector3(0.01f, 0, 0) }),
    };
}
