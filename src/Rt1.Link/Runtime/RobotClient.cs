using NetMQ;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>
/// The runtime's end of the link: a robot and its camera, somewhere else. It owns the robot (the lease) from <see cref="Connect"/> to
/// <see cref="Dispose"/>. Methods may be called from any thread; one thread of its own owns the sockets.
/// </summary>
public sealed class RobotClient : IRobot, IFrameSource
{
    /// <summary>Lockstep: how long simulating up to one frame may take, and how long a published frame may be under way.</summary>
    private static readonly TimeSpan AdvanceTimeout = TimeSpan.FromSeconds(60), FrameTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Lockstep: the first frames are lost until the subscription has reached the robot.</summary>
    private const int FrameAttempts = 10;

    private readonly RobotClientOptions _options;
    private readonly LinkEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly MessageSeal _seal;
    private readonly NetMQPoller _poller = [];
    private readonly RequestChannel _channel;
    private readonly LinkErrors _errors;
    private FrameReceiver? _frames;
    private string? _session;
    private long _sequence;
    private int _disposing;
    private volatile string? _lost;
    private volatile bool _disposed;

    /// <exception cref="LinkException">The options are malformed or insecure.</exception>
    private RobotClient(RobotClientOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        try
        {
            _endpoint = LinkEndpoint.Parse(options.Endpoint);
            _seal = options.Security.CreateSeal();
            _channel = new RequestChannel(_poller, new MessageCodec(_seal), options.Security, _endpoint, time);
        }
        catch
        {
            _poller.Dispose();
            throw;
        }
        _errors = new LinkErrors(_endpoint, _channel, options);
        _channel.Unasked += CheckRenewal;
        _poller.RunAsync("rt1 runtime link");
    }

    public RobotDescription Description { get; private set; } = null!;

    /// <summary>
    /// What to measure the robot's time by: this process's clock, or where the robot is in lockstep a clock that stands still but for
    /// <see cref="Next"/>. The times of commands, frames and states are on it.
    /// </summary>
    public TimeProvider Time => _channel.Lockstep ?? _time;

    /// <summary>Whether the robot's time advances only in <see cref="Next"/>.</summary>
    public bool IsLockstep => _channel.Lockstep is not null;

    /// <summary>The robot's clock minus <see cref="Time"/>.</summary>
    public TimeSpan ClockOffset => IsLockstep ? TimeSpan.Zero : _channel.Clock.Value;

    /// <summary>The fastest recent exchange; the clock offset errs by at most half of it.</summary>
    public TimeSpan RoundTrip => _channel.Clock.RoundTrip;

    public bool IsExhausted => _disposed;

    /// <summary>Finds the robot, checks that both speak the same protocol, sets the clock offset and takes the lease.</summary>
    /// <exception cref="LinkException">Nobody answers, another version, another owner, wrong keys: one line says which.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static RobotClient Connect(RobotClientOptions options, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var client = new RobotClient(options, time ?? TimeProvider.System);
        try
        {
            client.TakeOver(cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">The lease is lost: it ran out, or the robot was restarted.</exception>
    /// <exception cref="NonFiniteActionException">A value of the action is NaN or infinite.</exception>
    public CommandReply Send(RobotCommand command)
    {
        ThrowIfLost();
        NonFiniteActionException.ThrowIfAny(command.Action);
        var sentAt = _time.GetTimestamp();
        var offset = ClockOffset;
        var answer = _channel.Ask(new CommandRequest
        {
            Session = _session!,
            Sequence = Interlocked.Increment(ref _sequence),
            FrameSequence = command.FrameSequence,
            StartAtUs = LinkProtocol.ToMicroseconds(command.StartAt + offset),
            PeriodUs = LinkProtocol.ToMicroseconds(command.Duration),
            TimeToLiveUs = LinkProtocol.ToMicroseconds(command.TimeToLive),
            Action = ActionMessage.From(command.Action),
        }, _options.ReplyTimeout);
        return answer is null
            ? new CommandReply { Status = ReplyStatus.TimedOut, Reason = _errors.NoReply, RoundTrip = _time.GetElapsedTime(sentAt) }
            : ToReply(answer.Reply, offset) with { RoundTrip = answer.RoundTrip };
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">The robot does not answer.</exception>
    public RobotState ReadState() => AskState(new StateRequest());

    /// <inheritdoc/>
    public void Stop(string reason) => TryTwice(new StopRequest { Session = _session ?? "", Reason = reason });

    /// <summary>Stops the robot and latches it: commands are refused until <see cref="Reset"/>.</summary>
    /// <exception cref="LinkException">The robot does not answer; its time to live stops it.</exception>
    public RobotState EmergencyStop(string reason) => AskState(new EmergencyStopRequest { Reason = reason });

    /// <summary>Ends the latch of an emergency stop.</summary>
    /// <exception cref="LinkException">The robot does not answer, or refuses.</exception>
    public RobotState Reset() => AskState(new ResetRequest { Session = _session! });

    /// <inheritdoc/>
    /// <exception cref="LinkException">The robot publishes no frames, or something else than frames.</exception>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var frames = _frames ?? throw _errors.NoFrames();
        return IsLockstep ? Advance(frames, notBefore, timeout, cancellation) : frames.Next(notBefore, timeout, cancellation);
    }

    /// <summary>Stops the robot, gives the lease back and closes the sockets.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposing, 1) != 0)
            return;
        if (_session is not null)
        {
            Stop("the runtime ended");
            TryTwice(new ReleaseRequest { Session = _session });
        }
        _disposed = true;
        _poller.Dispose();
        _frames?.Dispose();
        _channel.Dispose();
    }

    private void TakeOver(CancellationToken cancellation)
    {
        var handshake = new Handshake(_channel, _errors, _options, _time);
        var welcome = handshake.Greet(cancellation);
        var lease = LinkProtocol.FromMicroseconds(welcome.LeaseUs);
        Description = welcome.Robot.ToDescription();
        if (welcome.Lockstep)
            _channel.Lockstep = new LockstepClock(_time.GetUtcNow());
        handshake.SetClock(cancellation);
        _session = handshake.TakeLease(lease, cancellation);

        var renewal = new NetMQTimer(lease / 3);
        renewal.Elapsed += (_, _) => _channel.Post(new RenewRequest { Session = _session });
        _poller.Add(renewal);
        if (welcome.FramesPort == 0)
            return;
        _frames = new FrameReceiver(_poller, new FrameCodec(_seal), IsLockstep ? new ClockOffset() : _channel.Clock, _options.Security,
            _endpoint with { Port = welcome.FramesPort }, _options.MaxFrameAge, Time);
    }

    /// <summary>Lets the robot's time run to the frame, then takes the frame. One that was lost is asked for again.</summary>
    private Frame? Advance(FrameReceiver frames, TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation)
    {
        var request = new AdvanceRequest
        {
            Session = _session!,
            NotBeforeUs = LinkProtocol.ToMicroseconds(notBefore),
            TimeoutUs = LinkProtocol.ToMicroseconds(TimeSpan.FromTicks(Math.Clamp(timeout.Ticks, 0, LinkProtocol.MaxAdvance.Ticks))),
        };
        for (var attempt = 0; attempt < FrameAttempts; attempt++)
        {
            ThrowIfLost();
            switch (_channel.Ask(request, AdvanceTimeout, cancellation)?.Reply)
            {
                case AdvancedReply { Frame: false }:
                    return null;
                case AdvancedReply:
                    if (frames.Next(notBefore, FrameTimeout, cancellation) is { } frame)
                        return frame;
                    break;
                case RefusedReply { Code: RefusalCodes.NotOwner } lost:
                    throw _errors.LeaseLost(lost.Reason);
                case RefusedReply refused:
                    throw _errors.Refused(refused);
                case null:
                    throw _errors.NoAnswer();
                case var other:
                    throw _errors.Unexpected(other);
            }
        }
        throw _errors.NoFrames();
    }

    private RobotState AskState(Request request)
    {
        var reply = _channel.Ask(request, _options.ReplyTimeout)?.Reply ?? throw _errors.NoAnswer();
        try
        {
            return reply switch
            {
                StateReply state => state.State.ToState(ClockOffset),
                RefusedReply refused => throw _errors.Refused(refused),
                _ => throw _errors.Unexpected(reply),
            };
        }
        catch (FormatException e)
        {
            throw _errors.Malformed($"the robot's state is malformed: {e.Message}");
        }
    }

    /// <summary>For what must be tried and may fail: the robot's time to live does the rest.</summary>
    private void TryTwice(Request request)
    {
        try
        {
            _ = _channel.Ask(request, _options.ReplyTimeout) ?? _channel.Ask(request, _options.ReplyTimeout);
        }
        catch (Exception e) when (e is ObjectDisposedException or TaskSchedulerException or NetMQException)
        {
            // The link is being closed.
        }
    }

    private CommandReply ToReply(Reply reply, TimeSpan offset)
    {
        if (reply is RefusedReply { Code: RefusalCodes.NotOwner } lost)
        {
            _lost = lost.Reason;
            ThrowIfLost();
        }
        try
        {
            return reply switch
            {
                AcceptedReply r => new() { Status = ReplyStatus.Accepted, Applied = r.Action.ToAction(), State = r.State.ToState(offset) },
                ClampedReply r => new()
                {
                    Status = ReplyStatus.Clamped,
                    Applied = r.Action.ToAction(),
                    Reason = r.Reason,
                    State = r.State.ToState(offset),
                },
                RefusedReply r => new() { Status = ReplyStatus.Refused, Reason = $"{r.Code}: {r.Reason}", State = r.State?.ToState(offset) },
                _ => throw _errors.Unexpected(reply),
            };
        }
        catch (FormatException e)
        {
            throw _errors.Malformed($"the robot's answer to a command is malformed: {e.Message}");
        }
    }

    private void CheckRenewal(Reply reply)
    {
        if (reply is RefusedReply { Code: RefusalCodes.NotOwner } refused)
            _lost = refused.Reason;
    }

    private void ThrowIfLost()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_lost is { } reason)
            throw _errors.LeaseLost(reason);
    }
}
