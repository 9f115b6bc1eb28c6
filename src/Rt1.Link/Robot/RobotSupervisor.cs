using Rt1.Core;

namespace Rt1.Link;

/// <summary>
/// What keeps a robot safe, whoever talks to it: one owner, no stale or late command, limits, a time to live after which the robot stops
/// by itself, a latched emergency stop. Knows no sockets and no wall clock. Not thread-safe.
/// </summary>
/// <param name="time">Real time: what the lease counts in, and what the robot lives in unless it is in lockstep.</param>
internal sealed class RobotSupervisor(IRobotDriver driver, RobotServerOptions options, TimeProvider time)
{
    private readonly ILockstepDriver? _lockstep = driver as ILockstepDriver;
    private readonly TimeProvider _clock = (driver as ILockstepDriver)?.Clock ?? time;
    private readonly Lease _lease = new(options.Lease);
    private TimeSpan? _commandExpiresAt;
    private string? _emergency;

    /// <summary>The port that the welcome names.</summary>
    public int FramesPort { get; set; }

    /// <summary>Says in one line what changed: a new owner, a stop and its reason.</summary>
    public event Action<string>? Noticed;

    /// <summary>
    /// When <see cref="Tick"/> must be called at the latest, real time; null when nothing is pending. In lockstep a command cannot run
    /// out between two requests.
    /// </summary>
    public TimeSpan? Deadline => (_lockstep is null ? _commandExpiresAt : null, _lease.IsHeld) switch
    {
        ({ } command, true) => command < _lease.ExpiresAt ? command : _lease.ExpiresAt,
        ({ } command, false) => command,
        (null, true) => _lease.ExpiresAt,
        _ => null,
    };

    public RobotState State => driver.State with { IsEmergencyStopped = _emergency is not null };

    /// <summary>The robot's clock.</summary>
    private TimeSpan Now => _clock.GetElapsedTime(0);

    /// <summary>What the lease is measured by: a silent runtime is silent in real time.</summary>
    private TimeSpan RealNow => time.GetElapsedTime(0);

    /// <summary>Answers a request. Never throws, whatever the driver does.</summary>
    public Reply Handle(Request request)
    {
        Tick();
        Reply reply;
        try
        {
            reply = Answer(request);
        }
        catch (Exception fault)
        {
            EmergencyStop($"the robot failed: {fault.Message}");
            reply = Refuse(RefusalCodes.RobotFault, fault.Message);
        }
        return Stamp(reply, request.Id);
    }

    /// <summary>The answer to something that is no request.</summary>
    public Reply Handle(MalformedMessageException malformed)
    {
        Tick();
        return Stamp(Refuse(malformed.Code, malformed.Message), malformed.Id);
    }

    /// <summary>Stops the robot when its last command's time to live, or the lease, has run out.</summary>
    public void Tick()
    {
        if (_commandExpiresAt <= Now)
            Stop("no command came within the last one's time to live");
        if (_lease.IsHeld && _lease.ExpiresAt <= RealNow)
            EndSession($"the lease of '{_lease.Owner}' ran out");
    }

    /// <summary>Stops, and refuses every command until a reset.</summary>
    public void EmergencyStop(string reason)
    {
        _emergency ??= reason;
        Stop($"emergency stop: {reason}");
    }

    /// <summary>Ends all motion; a driver that fails to is reported, and asked again with the next stop.</summary>
    public void Stop(string reason)
    {
        _commandExpiresAt = null;
        var notice = $"stopped: {reason}";
        try
        {
            driver.Stop(reason);
        }
        catch (Exception fault)
        {
            _emergency ??= fault.Message;
            notice = $"the robot did not stop: {fault.Message}";
        }
        Noticed?.Invoke(notice);
    }

    /// <summary>Stops, and ends the owner's session; it has to acquire anew.</summary>
    public void EndSession(string reason)
    {
        _lease.End();
        Stop(reason);
    }

    private Reply Answer(Request request) => request switch
    {
        HelloRequest hello => Welcome(hello),
        StateRequest => Measured(),
        AcquireRequest acquire => Acquire(acquire),
        EmergencyStopRequest stop => EmergencyStop(stop),
        OwnerRequest owner when !_lease.IsHeldBy(owner.Session) => Refuse(RefusalCodes.NotOwner, NotOwner()),
        RenewRequest => Renew(),
        ReleaseRequest => Release(),
        CommandRequest command => Command(command),
        StopRequest stop => Stop(stop),
        ResetRequest => Reset(),
        AdvanceRequest advance => Advance(advance),
        _ => Refuse(RefusalCodes.Malformed, "unknown request."),
    };

    private Reply Welcome(HelloRequest hello)
    {
        if (hello.Protocol != LinkProtocol.Version)
        {
            return new RefusedReply
            {
                Code = RefusalCodes.UnsupportedProtocol,
                Reason = $"this robot speaks protocol {LinkProtocol.Version}, got {hello.Protocol}.",
                Protocol = LinkProtocol.Version,
            };
        }
        if (_lockstep is not null && !hello.Lockstep)
            return Refuse(RefusalCodes.Lockstep, "this robot's time advances only by 'advance', which this runtime does not know; start the robot in real time.");
        return new WelcomeReply
        {
            Protocol = LinkProtocol.Version,
            Robot = RobotMessage.From(driver.Description),
            FramesPort = FramesPort,
            LeaseUs = LinkProtocol.ToMicroseconds(options.Lease),
            MinPeriodUs = LinkProtocol.ToMicroseconds(options.MinPeriod),
            MaxPeriodUs = LinkProtocol.ToMicroseconds(options.MaxPeriod),
            MaxTimeToLiveUs = LinkProtocol.ToMicroseconds(options.MaxTimeToLive),
            LateToleranceUs = LinkProtocol.ToMicroseconds(options.LateTolerance),
            Lockstep = _lockstep is not null,
        };
    }

    private Reply Acquire(AcquireRequest acquire)
    {
        if (_lease.IsHeld)
        {
            return Refuse(RefusalCodes.LeaseHeld,
                $"'{_lease.Owner}' owns the robot; its lease runs another {(_lease.ExpiresAt - RealNow).TotalSeconds:0.0} s unless renewed.");
        }
        Noticed?.Invoke($"'{acquire.Client}' took the lease");
        return Granted(_lease.Begin(acquire.Client, RealNow));
    }

    private Reply Renew()
    {
        _lease.Extend(RealNow);
        return Granted(_lease.Session!);
    }

    private Reply Release()
    {
        EndSession($"'{_lease.Owner}' gave the lease back");
        return new ReleasedReply();
    }

    private Reply Command(CommandRequest command)
    {
        if (command.Sequence <= _lease.LastSequence)
        {
            return Refuse(RefusalCodes.StaleSequence,
                $"sequence {command.Sequence} {(command.Sequence == _lease.LastSequence ? "was taken already" : $"is older than {_lease.LastSequence}")}.");
        }
        var now = Now;
        _lease.LastSequence = command.Sequence;
        _lease.Extend(RealNow);
        if (_emergency is not null)
            return Refuse(RefusalCodes.EmergencyStopped, $"emergency stop: {_emergency}; reset it first.");
        RobotAction action;
        try
        {
            action = command.Action.ToAction();
        }
        catch (FormatException e)
        {
            return Refuse(RefusalCodes.BadValue, e.Message);
        }
        return FaultOf(command, action, now) ?? Apply(command, action, now);
    }

    private RefusedReply? FaultOf(CommandRequest command, RobotAction action, TimeSpan now)
    {
        var startAt = LinkProtocol.FromMicroseconds(command.StartAtUs);
        var period = LinkProtocol.FromMicroseconds(command.PeriodUs);
        var timeToLive = LinkProtocol.FromMicroseconds(command.TimeToLiveUs);
        if (period < options.MinPeriod || period > options.MaxPeriod)
            return Refuse(RefusalCodes.BadValue, $"period_us must be in [{Us(options.MinPeriod)}, {Us(options.MaxPeriod)}], got {command.PeriodUs}.");
        if (timeToLive <= TimeSpan.Zero || timeToLive > options.MaxTimeToLive)
            return Refuse(RefusalCodes.BadValue, $"time_to_live_us must be in (0, {Us(options.MaxTimeToLive)}], got {command.TimeToLiveUs}.");
        if (action.Mode == ControlMode.Terminate)
            return null;
        if (action.Mode == ControlMode.Base && !driver.Description.HasBase)
            return Refuse(RefusalCodes.UnsupportedMode, "this robot's base does not move.");
        if (startAt < now - options.LateTolerance)
            return Refuse(RefusalCodes.Late, $"its start passed {Us(now - startAt)} us ago; decide sooner or raise the latency.");
        return startAt > now + timeToLive
            ? Refuse(RefusalCodes.TooEarly, $"it would start in {Us(startAt - now)} us, after its time to live; check the clock offset.")
            : null;
    }

    private Reply Apply(CommandRequest command, RobotAction action, TimeSpan now)
    {
        var measured = StateMessage.From(State);
        if (action.Mode == ControlMode.Terminate)
        {
            Stop("the policy ended the episode");
            return new AcceptedReply { Action = ActionMessage.From(action), State = measured };
        }
        var applied = driver.Description.Limits.Clamp(action);
        var startAt = LinkProtocol.FromMicroseconds(command.StartAtUs);
        _commandExpiresAt = now + LinkProtocol.FromMicroseconds(command.TimeToLiveUs);
        driver.Move(applied, startAt > now ? startAt : now, LinkProtocol.FromMicroseconds(command.PeriodUs));
        return ReferenceEquals(applied, action)
            ? new AcceptedReply { Action = ActionMessage.From(applied), State = measured }
            : new ClampedReply { Action = ActionMessage.From(applied), State = measured, Reason = "the motion exceeded the robot's limits for one step." };
    }

    private Reply Stop(StopRequest stop)
    {
        Stop(stop.Reason ?? "the runtime said so");
        return Measured();
    }

    private Reply EmergencyStop(EmergencyStopRequest stop)
    {
        EmergencyStop(stop.Reason ?? "a runtime said so");
        return Measured();
    }

    private Reply Reset()
    {
        if (_emergency is not null)
            Noticed?.Invoke($"'{_lease.Owner}' reset the emergency stop");
        _emergency = null;
        return Measured();
    }

    /// <summary>Time runs to the next frame, and on the way the command's time to live may run out.</summary>
    private Reply Advance(AdvanceRequest advance)
    {
        if (_lockstep is null)
            return Refuse(RefusalCodes.Lockstep, "this robot runs in real time; its time cannot be advanced.");
        var timeout = LinkProtocol.FromMicroseconds(advance.TimeoutUs);
        if (timeout < TimeSpan.Zero || timeout > LinkProtocol.MaxAdvance)
            return Refuse(RefusalCodes.BadValue, $"timeout_us must be in [0, {Us(LinkProtocol.MaxAdvance)}], got {advance.TimeoutUs}.");
        var until = Now + timeout;
        bool taken;
        do
        {
            taken = _lockstep.Advance(LinkProtocol.FromMicroseconds(advance.NotBeforeUs), _commandExpiresAt < until ? _commandExpiresAt.Value : until);
            _lease.Extend(RealNow);
            Tick();
        }
        while (!taken && Now < until);
        return new AdvancedReply { Frame = taken };
    }

    private StateReply Measured() => new() { State = StateMessage.From(State) };

    private LeaseReply Granted(string session) => new() { Session = session, LeaseUs = LinkProtocol.ToMicroseconds(options.Lease) };

    private string NotOwner() => _lease.IsHeld
        ? $"'{_lease.Owner}' owns the robot."
        : "this session does not own the robot; its lease ran out or the robot was restarted.";

    private RefusedReply Refuse(string code, string reason) => new() { Code = code, Reason = reason };

    private Reply Stamp(Reply reply, long id) => reply switch
    {
        RefusedReply { State: null } refused when StateOrNull() is { } state => refused with { Id = id, ClockUs = Us(Now), State = state },
        _ => reply with { Id = id, ClockUs = Us(Now) },
    };

    private StateMessage? StateOrNull()
    {
        try
        {
            return StateMessage.From(State);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static long Us(TimeSpan time) => LinkProtocol.ToMicroseconds(time);
}
