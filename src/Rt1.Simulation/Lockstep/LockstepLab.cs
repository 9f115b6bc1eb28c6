using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A lab as a robot and its camera in one process with the loop that drives them: time stands still while the policy decides, and
/// advances in <see cref="Next"/>. Give the loop <see cref="Clock"/> as its time. The same run gives the same frames on every machine.
/// </summary>
/// <remarks>
/// It keeps the duties of a robot that do not need a link: limits, late commands, the time to live (in simulated time). The lab stays
/// the caller's: to reset before, to judge, and to dispose after.
/// </remarks>
public sealed class LockstepLab : IRobot, IFrameSource
{
    private static readonly TimeSpan LateTolerance = TimeSpan.FromMilliseconds(20);

    private readonly LockstepRunner _runner;
    private readonly Lock _gate = new();
    private TimeSpan? _commandExpiresAt;

    /// <param name="lab">Reset, and at its start; nobody else may advance it meanwhile.</param>
    /// <param name="frameRateHz">The camera's; the control rate makes every frame one that is used.</param>
    /// <param name="name">What recordings call the robot.</param>
    /// <param name="limits">The largest motions of one step; RT-1's bounds where null.</param>
    /// <param name="clock">Its time; one of its own, from zero, where null.</param>
    public LockstepLab(Lab lab, double frameRateHz = 3, string name = "sim", ActionLimits? limits = null, LockstepClock? clock = null)
    {
        _runner = new LockstepRunner(lab, frameRateHz, clock ?? new LockstepClock());
        Description = new RobotDescription
        {
            Name = name,
            Embodiment = lab.World.Scene.Robot,
            ImageHeight = lab.Camera.Height,
            ImageWidth = lab.Camera.Width,
            FrameRateHz = frameRateHz,
            Limits = limits ?? new ActionLimits(),
            HasBase = lab.Robot.HasBase,
        };
    }

    /// <summary>Simulated time.</summary>
    public LockstepClock Clock => _runner.Clock;

    public RobotDescription Description { get; }

    /// <summary>Never: a lab goes on for ever.</summary>
    public bool IsExhausted => false;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    public CommandReply Send(RobotCommand command)
    {
        lock (_gate)
        {
            var action = Description.Limits.Clamp(command.Action);
            var reply = new CommandReply { Status = ReplyStatus.Accepted, Applied = action, State = _runner.State };
            if (action.Mode == ControlMode.Terminate)
            {
                Halt();
                return reply;
            }
            if (FaultOf(command) is { } fault)
                return reply with { Status = ReplyStatus.Refused, Applied = null, Reason = fault };
            _commandExpiresAt = Clock.Now + command.TimeToLive;
            _runner.Move(action, command.StartAt, command.Duration);
            return ReferenceEquals(action, command.Action)
                ? reply
                : reply with { Status = ReplyStatus.Clamped, Reason = "the motion exceeded the robot's limits for one step." };
        }
    }

    public RobotState ReadState()
    {
        lock (_gate)
            return _runner.State;
    }

    public void Stop(string reason)
    {
        lock (_gate)
            Halt();
    }

    /// <inheritdoc/>
    /// <param name="timeout">In simulated time.</param>
    /// <exception cref="SimulationDivergedException">The physics blew up: this trial is over, and no data.</exception>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            var until = Clock.Now + timeout;
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var end = _commandExpiresAt < until ? _commandExpiresAt.Value : until;
                if (_runner.Advance(notBefore, end, cancellation) is { } frame)
                    return frame;
                if (_commandExpiresAt <= Clock.Now)
                    Halt();
                if (Clock.Now >= until)
                    return null;
            }
        }
    }

    /// <summary>Stops the robot; the lab stays the caller's.</summary>
    public void Dispose() => Stop("the run ended");

    private string? FaultOf(RobotCommand command)
    {
        if (command.Action.Mode == ControlMode.Base && !Description.HasBase)
            return "unsupported_mode: this robot's base does not move.";
        var late = Clock.Now - command.StartAt;
        return late > LateTolerance ? $"late: its start passed {late.TotalMilliseconds:0} ms ago; decide sooner or raise the latency." : null;
    }

    private void Halt()
    {
        _commandExpiresAt = null;
        _runner.Stop();
    }
}
