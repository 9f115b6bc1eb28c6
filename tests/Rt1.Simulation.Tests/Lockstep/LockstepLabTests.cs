using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public sealed class LockstepLabTests : IDisposable
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private readonly Lab _lab = new(new Scene { Objects = ["red_can"] }, 48, 64);
    private readonly LockstepLab _robot;

    public LockstepLabTests()
    {
        _lab.Reset(0);
        _robot = new LockstepLab(_lab);
    }

    [Fact]
    public void Next_TimeAdvancesOnlyHere_AndFramesComeAtTheirRate()
    {
        var times = new List<double>();
        for (var (i, from) = (0, TimeSpan.Zero); i < 4; i++)
        {
            var frame = _robot.Next(from, TimeSpan.FromSeconds(1))!;
            Assert.Equal(_robot.Clock.Now, frame.CapturedAt);
            Assert.Equal(frame.CapturedAt, frame.State!.MeasuredAt);
            times.Add(Math.Round(frame.CapturedAt.TotalSeconds, 2));
            from = frame.CapturedAt + TimeSpan.FromSeconds(0.2);
        }
        Assert.Equal([0, 0.33, 0.67, 1], times);
        Assert.Equal(_robot.Clock.Now, _lab.Time);
    }

    [Fact]
    public void Next_SameFrameAskedForAgain_IsGivenWithoutTimePassing()
    {
        var frame = _robot.Next(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Same(frame, _robot.Next(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, _robot.Clock.Now);
    }

    [Fact]
    public void Next_NoFrameWithinTheTimeout_AdvancesByItAndGivesNone()
    {
        Assert.Null(_robot.Next(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2)));
        Assert.Equal(0.2, _robot.Clock.Now.TotalSeconds, 0.003);
    }

    [Fact]
    public void Send_MotionStartsAfterTheLatencyAndTakesAPeriod()
    {
        var start = _robot.ReadState().EndEffectorPosition;
        Assert.Equal(ReplyStatus.Accepted, _robot.Send(Command(Rig.Arm(new(0, 0.04f, 0)))).Status);
        _robot.Next(Seconds(10), Seconds(0.1));
        ArmMotionTests.AssertNear(start, _robot.ReadState().EndEffectorPosition, 0.0005f);
        _robot.Next(Seconds(10), Seconds(0.35));
        ArmMotionTests.AssertNear(start + new Vector3(0, 0.04f, 0), _robot.ReadState().EndEffectorPosition, 0.002f);
    }

    [Fact]
    public void Send_TimeToLiveRunsOutInSimulatedTime_StopsTheRobot()
    {
        _robot.Send(Command(Rig.Arm(new(0, 0.04f, 0))) with { TimeToLive = TimeSpan.FromSeconds(0.2) });
        _robot.Next(Seconds(10), Seconds(0.19));
        Assert.True(_robot.ReadState().IsMoving);
        _robot.Next(Seconds(10), Seconds(0.02));
        Assert.False(_robot.ReadState().IsMoving);
    }

    [Fact]
    public void Send_BeyondTheLimitsOrLate_IsClampedOrRefused()
    {
        var reply = _robot.Send(Command(Rig.Arm(new(0, 0, 0.4f))));
        Assert.Equal(ReplyStatus.Clamped, reply.Status);
        Assert.Equal(0.1f, reply.Applied!.WorldVector.Z, 1e-5f);
        _robot.Next(Seconds(10), Seconds(0.5));
        var late = _robot.Send(Command(Rig.Arm(new(0, 0, 0.01f))));
        Assert.Equal(ReplyStatus.Refused, late.Status);
        Assert.Contains("late: its start passed", late.Reason);
    }

    [Fact]
    public void Stop_FromAnotherThread_EndsTheMotion()
    {
        _robot.Send(Command(Rig.Arm(new(0, 0.04f, 0))));
        _robot.Next(Seconds(10), Seconds(0.2));
        var stopper = new Thread(() => _robot.Stop("test"));
        stopper.Start();
        stopper.Join();
        Assert.False(_robot.ReadState().IsMoving);
    }

    [Fact]
    public void Run_SameSeedAndCommands_SameFrames()
    {
        Assert.Equal(Play(), Play());

        byte[] Play()
        {
            using var lab = new Lab(new Scene { Objects = ["red_can"] }, 48, 64);
            lab.Reset(3);
            using var robot = new LockstepLab(lab);
            robot.Send(Command(Rig.Arm(new(0.05f, 0.04f, -0.05f))));
            return robot.Next(TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(1))!.Pixels;
        }
    }

    public void Dispose()
    {
        _robot.Dispose();
        _lab.Dispose();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static RobotCommand Command(RobotAction action) =>
        new() { Action = action, StartAt = Latency, Duration = Rig.Period, TimeToLive = TimeSpan.FromSeconds(1) };
}
