using System.Numerics;
using Microsoft.Extensions.Time.Testing;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>A supervisor over a fake driver, in fake time.</summary>
public abstract class RobotSupervisorFixture
{
    private protected static readonly RobotServerOptions Options = new();

    private protected readonly FakeTimeProvider _time = new();
    private protected readonly FakeDriver _driver = new();
    private protected readonly RobotSupervisor _robot;
    private long _sequence;

    private protected RobotSupervisorFixture() => _robot = new RobotSupervisor(_driver, Options, _time);

    private protected TimeSpan Now => _time.GetElapsedTime(0);

    private protected static long Us(TimeSpan time) => LinkProtocol.ToMicroseconds(time);

    private protected static RefusedReply Refused(Reply reply, string code)
    {
        var refused = Assert.IsType<RefusedReply>(reply);
        Assert.Equal(code, refused.Code);
        return refused;
    }

    private protected string Acquire(string client = "test") =>
        Assert.IsType<LeaseReply>(_robot.Handle(new AcquireRequest { Client = client })).Session;

    private protected CommandRequest Command(string session, ControlMode mode = ControlMode.Arm) => new()
    {
        Session = session,
        Sequence = ++_sequence,
        StartAtUs = Us(Now),
        PeriodUs = 333_000,
        TimeToLiveUs = 1_000_000,
        Action = ActionMessage.From(new RobotAction { Mode = mode, WorldVector = new Vector3(0.01f, 0, 0) }),
    };
}
