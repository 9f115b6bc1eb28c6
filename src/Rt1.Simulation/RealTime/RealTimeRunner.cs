using System.Collections.Concurrent;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// Keeps a lab in step with the clock: physics follows wall time, commands start at their wall time, frames are taken at the camera's
/// rate. Commands may come from any thread; everything else happens in the thread that calls <see cref="Advance"/>.
/// </summary>
/// <remarks>
/// While a picture is drawn physics waits, and catches up afterwards. It stays exact: a motion starts at the step of its own time,
/// and a frame shows the world of its own time. Where the machine is too slow for that, the lab's clock falls back:
/// <see cref="Slipped"/>.
/// </remarks>
public sealed class RealTimeRunner
{
    /// <summary>Physics that is further behind than this is not caught up with.</summary>
    private static readonly TimeSpan MaxLag = TimeSpan.FromMilliseconds(250);

    private readonly Lab _lab;
    private readonly TimeSpan _framePeriod;
    private readonly ConcurrentQueue<Action> _commands = new();
    private TimeSpan _origin;
    private TimeSpan _nextFrame;
    private volatile RobotState _state;

    /// <param name="lab">What it runs; nobody else may touch it meanwhile.</param>
    /// <param name="frameRateHz">Frames a second.</param>
    /// <param name="now">Wall time that is the lab's present.</param>
    public RealTimeRunner(Lab lab, double frameRateHz, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRateHz);
        _lab = lab;
        _framePeriod = TimeSpan.FromSeconds(1 / frameRateHz);
        Restart(now);
        _state = lab.Robot.Measure(now);
    }

    /// <summary>Raised for each frame, in the thread that calls <see cref="Advance"/>; stamped with wall time.</summary>
    public event Action<Frame>? FrameCaptured;

    /// <summary>The state at the last step; may be read from any thread. Stamped with wall time.</summary>
    public RobotState State => _state;

    /// <summary>Time that the lab lost because the machine was too slow.</summary>
    public TimeSpan Slipped { get; private set; }

    /// <inheritdoc cref="MobileManipulator.Move"/>
    /// <param name="startAt">Wall time.</param>
    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        NonFiniteActionException.ThrowIfAny(action);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        _commands.Enqueue(() => _lab.Robot.Move(action, startAt - _origin, duration));
    }

    /// <inheritdoc cref="MobileManipulator.Stop"/>
    public void Stop() => _commands.Enqueue(_lab.Robot.Stop);

    /// <summary>The lab was reset: its time zero is <paramref name="now"/>.</summary>
    public void Restart(TimeSpan now)
    {
        _commands.Clear();
        _origin = now - _lab.Time;
        _nextFrame = now;
    }

    /// <summary>Brings the lab to the present, taking the frames that are due on the way.</summary>
    /// <param name="now">Wall time.</param>
    /// <exception cref="SimulationDivergedException">The physics blew up; reset the lab and call <see cref="Restart"/>.</exception>
    public void Advance(TimeSpan now)
    {
        if (now - (_origin + _lab.Time) is var lag && lag > MaxLag)
        {
            Slipped += lag;
            _origin += lag;
        }
        while (true)
        {
            while (_commands.TryDequeue(out var command))
                command();
            var present = _origin + _lab.Time;
            if (present >= _nextFrame)
            {
                FrameCaptured?.Invoke(_lab.Camera.Capture(present));
                _nextFrame = Max(_nextFrame + _framePeriod, present);
            }
            if (present >= now)
                break;
            _lab.Step();
        }
        _state = _lab.Robot.Measure(_origin + _lab.Time);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
