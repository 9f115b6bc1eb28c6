using System.Numerics;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>What ends a robot's motion, and what must not.</summary>
public sealed class RobotSupervisorStopTests : RobotSupervisorFixture
{
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
    public void TimeToLive_RunsOutAmidMalformedMessages_Stops()
    {
        _robot.Handle(Command(Acquire()));
        _time.Advance(TimeSpan.FromSeconds(1));

        _robot.Handle(new MalformedMessageException(RefusalCodes.Malformed, "noise"));

        Assert.Single(_driver.Stops);
    }

    [Fact]
    public void Stop_ListenerThatThrows_TheRobotHasStopped()
    {
        _robot.Noticed += _ => throw new IOException("the disk is full");

        Assert.Throws<IOException>(() => _robot.Stop("enough"));

        Assert.Equal(["enough"], _driver.Stops);
    }

    [Fact]
    public void EndSession_OfTheOwner_StopsAndItHasToAcquireAnew()
    {
        var session = Acquire();
        _robot.Handle(Command(session));

        _robot.EndSession("the robot starts anew");

        Assert.Equal(["the robot starts anew"], _driver.Stops);
        Refused(_robot.Handle(Command(session)), RefusalCodes.NotOwner);
        Assert.IsType<AcceptedReply>(_robot.Handle(Command(Acquire())));
    }

    [Fact]
    public void State_NotFinite_IsARobotFaultAndLatches()
    {
        var session = Acquire();
        _driver.State = new RobotState { EndEffectorPosition = new Vector3(0, float.NaN, 0) };

        Refused(_robot.Handle(Command(session)), RefusalCodes.RobotFault);

        Assert.Empty(_driver.Motions);
        Assert.Single(_driver.Stops);
        _driver.State = new RobotState();
        Refused(_robot.Handle(Command(session)), RefusalCodes.EmergencyStopped);
    }

    [Theory]
    [InlineData(long.MinValue, RefusalCodes.Late)]
    [InlineData(long.MaxValue, RefusalCodes.TooEarly)]
    public void Command_StartAtTheEndsOfTime_IsRefusedWithoutALatch(long start, string code)
    {
        var session = Acquire();

        Refused(_robot.Handle(Command(session) with { StartAtUs = start }), code);

        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
    }

    [Theory]
    [InlineData(1, int.MinValue, 0)]
    [InlineData(1, 1, -1)]
    [InlineData(2, 0, 0)]
    [InlineData(0, -1, 0)]
    public void Command_ModeNotOneHot_IsRefusedWithoutALatch(int terminate, int arm, int @base)
    {
        var session = Acquire();
        var command = Command(session);

        Refused(_robot.Handle(command with { Action = command.Action with { TerminateEpisode = [terminate, arm, @base] } }), RefusalCodes.BadValue);

        Assert.IsType<AcceptedReply>(_robot.Handle(Command(session)));
    }
}
