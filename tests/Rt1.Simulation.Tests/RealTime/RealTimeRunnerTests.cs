using Rt1.Core;

namespace Rt1.Simulation.Tests;

public sealed class RealTimeRunnerTests : IDisposable
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1000);

    private readonly Lab _lab = new(new Scene { Objects = ["red_can"] }, 64, 80);
    private readonly RealTimeRunner _runner;
    private readonly List<Frame> _frames = [];

    public RealTimeRunnerTests()
    {
        _lab.Reset(0);
        _runner = new RealTimeRunner(_lab, frameRateHz: 10, Start);
        _runner.FrameCaptured += _frames.Add;
    }

    [Fact]
    public void Advance_TakesFramesAtTheirRateStampedWithWallTime()
    {
        for (var ms = 0; ms <= 500; ms += 20)
            _runner.Advance(Start + TimeSpan.FromMilliseconds(ms));
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5], _frames.Select(f => Math.Round((f.CapturedAt - Start).TotalSeconds, 2)));
        Assert.Equal([0, 1, 2, 3, 4, 5], _frames.Select(f => f.Sequence));
        Assert.Equal(0.5, _lab.Time.TotalSeconds, 0.003);
        Assert.Equal(TimeSpan.Zero, _runner.Slipped);
    }

    [Fact]
    public void Move_StartsAtItsWallTime()
    {
        var before = _runner.State.EndEffectorPosition;
        _runner.Move(Rig.Arm(new(0, 0.04f, 0)), Start + TimeSpan.FromMilliseconds(100), Rig.Period);
        Play(0.1);
        ArmMotionTests.AssertNear(before, _runner.State.EndEffectorPosition, 0.0005f);
        Play(0.2);
        Assert.True(_runner.State.IsMoving);
        Play(0.45);
        Assert.False(_runner.State.IsMoving);
        ArmMotionTests.AssertNear(before + new System.Numerics.Vector3(0, 0.04f, 0), _runner.State.EndEffectorPosition, 0.002f);
        Assert.Equal(0.45, (_runner.State.MeasuredAt - Start).TotalSeconds, 0.003);
    }

    [Fact]
    public void Stop_EndsTheMotionAndDropsTheOneThatWaits()
    {
        _runner.Move(Rig.Arm(new(0, 0.04f, 0)), Start, Rig.Period);
        _runner.Move(Rig.Arm(new(0, 0.04f, 0)), Start + Rig.Period, Rig.Period);
        Play(0.15);
        _runner.Stop();
        Play(0.35);
        var still = _runner.State.EndEffectorPosition;
        Assert.False(_runner.State.IsMoving);
        Play(0.8);
        ArmMotionTests.AssertNear(still, _runner.State.EndEffectorPosition, 0.001f);
    }

    [Fact]
    public void Advance_MachineTooSlow_LetsTheClockFallBackInsteadOfHurrying()
    {
        _runner.Advance(Start + TimeSpan.FromSeconds(5));
        Assert.True(_lab.Time < TimeSpan.FromSeconds(0.1));
        Assert.Equal(5, _runner.Slipped.TotalSeconds, 0.01);
        Assert.Equal(5, (_runner.State.MeasuredAt - Start).TotalSeconds, 0.003);
        Assert.Single(_frames);
    }

    [Fact]
    public void Move_NotFinite_IsRefusedInTheCallersThread() =>
        Assert.Throws<NonFiniteActionException>(() => _runner.Move(Rig.Arm(new(float.PositiveInfinity, 0, 0)), Start, Rig.Period));

    public void Dispose() => _lab.Dispose();

    // Brings the clock to a time, in the steps in which a thread would.
    private void Play(double seconds)
    {
        var end = Start + TimeSpan.FromSeconds(seconds);
        for (var now = _runner.State.MeasuredAt; now < end; now += TimeSpan.FromMilliseconds(10))
            _runner.Advance(now);
        _runner.Advance(end);
    }
}
