using System.Numerics;
using Microsoft.Extensions.Time.Testing;
using Rt1.Core;

namespace Rt1.Link.Tests;

public sealed class RobotSupervisorTests : RobotSupervisorFixture
{
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
    public void State_FromAnyone_CarriesTheClock()
    {
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Us(Now), _robot.Handle(new StateRequest()).ClockUs);
    }
}
