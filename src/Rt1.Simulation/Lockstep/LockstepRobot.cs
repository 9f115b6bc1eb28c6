using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A robot in a simulated lab whose time advances only as its runtime asks: what the robot's side of a link in lockstep hosts. Limits and
/// the time to live are the link server's to keep.
/// </summary>
public sealed class LockstepRobot : ISimulatedDriver, ILockstepDriver
{
    private readonly SimulatedRobotOptions _options;
    private readonly Lab _lab;
    private readonly LockstepRunner _runner;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RobotState _state;
    private volatile RobotAction? _latestAction;

    /// <inheritdoc cref="ISimulatedDriver.Create"/>
    public LockstepRobot(SimulatedRobotOptions options)
    {
        _options = options;
        _lab = new Lab(options.Scene, options.ImageHeight, options.ImageWidth);
        _lab.Reset(options.Seed);
        _runner = new LockstepRunner(_lab, options.FrameRateHz, new LockstepClock());
        _state = _runner.State;
        Description = options.Describe(_lab);
    }

    /// <inheritdoc/>
    public event Action<Frame>? FrameCaptured;

    /// <inheritdoc/>
    public event Action<SimulationDivergedException>? Diverged;

    public LockstepClock Clock => _runner.Clock;

    public RobotDescription Description { get; }

    public RobotState State => _state;

    public RobotAction? LatestAction => _latestAction;

    public Task Completion => _completion.Task;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        _runner.Move(action, startAt, duration);
        _latestAction = action;
    }

    public void Stop(string reason)
    {
        _runner.Stop();
        _latestAction = null;
        _state = _runner.State;
    }

    public bool Advance(TimeSpan notBefore, TimeSpan until)
    {
        try
        {
            var frame = _runner.Advance(notBefore, until);
            _state = _runner.State;
            if (frame is not null)
                FrameCaptured?.Invoke(frame);
            return frame is not null;
        }
        catch (SimulationDivergedException e)
        {
            _lab.Reset(_options.Seed);
            _runner.Restart();
            _state = _runner.State;
            Diverged?.Invoke(e);
            return false;
        }
    }

    public void Dispose()
    {
        if (_completion.TrySetResult())
            _lab.Dispose();
    }
}
