using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A lab whose time advances only when somebody asks for a frame, and then as fast as the machine can. The camera's frames are due at
/// k / rate, as in real time, but only those that are asked for are drawn. Not thread-safe.
/// </summary>
internal sealed class LockstepRunner
{
    /// <summary>Of a camera period: what rounding may take from a time that is meant to be a frame's.</summary>
    private const double Rounding = 1e-4;

    private readonly Lab _lab;
    private readonly double _frameRateHz;
    private TimeSpan _origin;
    private Frame? _newest;

    public LockstepRunner(Lab lab, double frameRateHz, LockstepClock clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRateHz);
        (_lab, _frameRateHz, Clock) = (lab, frameRateHz, clock);
        Restart();
    }

    /// <summary>The lab's time, which never goes back.</summary>
    public LockstepClock Clock { get; }

    public RobotState State => _lab.Robot.Measure(Clock.Now);

    /// <param name="startAt">On <see cref="Clock"/>.</param>
    /// <inheritdoc cref="MobileManipulator.Move"/>
    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration) => _lab.Robot.Move(action, startAt - _origin, duration);

    public void Stop() => _lab.Robot.Stop();

    /// <summary>The lab was reset: its time zero is the clock's present.</summary>
    public void Restart()
    {
        _origin = Clock.Now - _lab.Time;
        _newest = null;
    }

    /// <summary>The first frame due at or after <paramref name="notBefore"/>; null when time reaches <paramref name="until"/> before.</summary>
    /// <exception cref="SimulationDivergedException">The physics blew up.</exception>
    public Frame? Advance(TimeSpan notBefore, TimeSpan until, CancellationToken cancellation = default)
    {
        if (_newest?.CapturedAt >= notBefore)
            return _newest;
        var due = NextDue(notBefore > Clock.Now ? notBefore : Clock.Now);
        var end = due < until ? due : until;
        while (Clock.Now < end)
        {
            cancellation.ThrowIfCancellationRequested();
            _lab.Step();
            Clock.AdvanceTo(_origin + _lab.Time);
        }
        return Clock.Now < due ? null : _newest = _lab.Camera.Capture(Clock.Now) with { State = State };
    }

    private TimeSpan NextDue(TimeSpan time)
    {
        var frame = Math.Ceiling((time - _origin).TotalSeconds * _frameRateHz - Rounding);
        return _origin + TimeSpan.FromSeconds(frame / _frameRateHz);
    }
}
