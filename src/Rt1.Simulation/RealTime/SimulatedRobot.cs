using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A robot in a simulated lab that runs in real time, in a thread of its own: what a robot's side of the link hosts. Limits are the
/// link server's to keep.
/// </summary>
public sealed class SimulatedRobot : ISimulatedDriver
{
    /// <summary>How often physics catches up with the clock when nothing else wakes it.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);

    private readonly SimulatedRobotOptions _options;
    private readonly TimeProvider _time;
    private readonly Lab _lab;
    private readonly RealTimeRunner _runner;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private volatile RobotAction? _latestAction;
    private volatile bool _disposed;

    /// <summary>Builds the lab, lets the objects come to rest, and starts the clock.</summary>
    /// <exception cref="Rt1Exception">The scene names something that does not exist, or does not fit.</exception>
    /// <exception cref="Mujoco.MujocoException">OpenGL is missing.</exception>
    public SimulatedRobot(SimulatedRobotOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _lab = new Lab(options.Scene, options.ImageHeight, options.ImageWidth) { HasSensorNoise = options.SensorNoise };
        _lab.Reset(options.Seed);
        _runner = new RealTimeRunner(_lab, options.FrameRateHz, Now);
        Description = options.Describe(_lab);
        _runner.FrameCaptured += frame => FrameCaptured?.Invoke(frame);
        _thread = new Thread(Run) { Name = "simulation", IsBackground = true };
        _thread.Start();
    }

    public RobotDescription Description { get; }

    public RobotState State => _runner.State;

    public RobotAction? LatestAction => _latestAction;

    /// <inheritdoc/>
    public event Action<Frame>? FrameCaptured;

    /// <inheritdoc/>
    public event Action<SimulationDivergedException>? Diverged;

    /// <summary>Time that the simulation lost because the machine was too slow for real time.</summary>
    public TimeSpan Slipped => _runner.Slipped;

    public Task Completion => _completion.Task;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    /// <exception cref="Rt1Exception">The simulation broke.</exception>
    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        if (_completion.Task.Exception?.InnerException is { } fault)
            throw new Rt1Exception($"the simulation broke: {fault.Message}", fault);
        _runner.Move(action, startAt, duration);
        _latestAction = action;
        _wake.Set();
    }

    /// <inheritdoc/>
    public void Stop(string reason)
    {
        _runner.Stop();
        _latestAction = null;
        _wake.Set();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _lab.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private void Run()
    {
        try
        {
            while (!_disposed)
            {
                try
                {
                    _runner.Advance(Now);
                }
                catch (SimulationDivergedException e)
                {
                    _lab.Reset(_options.Seed);
                    _runner.Restart(Now);
                    Diverged?.Invoke(e);
                }
                _wake.WaitOne(Tick);
            }
            _completion.SetResult();
        }
        catch (Exception e)
        {
            _completion.SetException(e);
        }
    }
}
