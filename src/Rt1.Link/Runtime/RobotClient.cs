using NetMQ;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>
/// The runtime's end of the link: a robot and its camera, somewhere else. It owns the robot (the lease) from <see cref="Connect"/> to
/// <see cref="Dispose"/>. Methods may be called from any thread; one thread of its own owns the sockets.
/// </summary>
public sealed class RobotClient : IRobot, IFrameSource
{
    /// <summary>Exchanges that set the clock offset at the start.</summary>
    private const int ClockExchanges = 8;

    private readonly RobotClientOptions _options;
    private readonly LinkEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly MessageSeal _seal;
    private readonly NetMQPoller _poller = [];
    private readonly RequestChannel _channel;
    private FrameReceiver? _frames;
    private NetMQTimer? _renewal;
    private string? _session;
    private long _sequence;
    private volatile string? _lost;
    private int _disposing;
    private volatile bool _disposed;

    /// <exception cref="LinkException">The options are malformed or insecure.</exception>
    private RobotClient(RobotClientOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _endpoint = LinkEndpoint.Parse(options.Endpoint);
        _seal = options.Security.CreateSeal();
        try
        {
            _channel = new RequestChannel(_poller, new MessageCodec(_seal), options.Security, _endpoint, time);
        }
        catch
        {
            _poller.Dispose();
            throw;
        }
        _channel.Unasked += CheckRenewal;
        _poller.RunAsync("rt1 runtime link");
    }

    public RobotDescription Description { get; private set; } = null!;

    /// <summary>The robot's clock minus this process's.</summary>
    public TimeSpan ClockOffset => _channel.Clock.Value;

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
            var welcome = client.Greet(cancellation);
            client.SetClock(cancellation);
            client.TakeLease(LinkProtocol.FromMicroseconds(welcome.LeaseUs), cancellation);
            client.Subscribe(welcome.FramesPort);
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
            ? new CommandReply { Status = ReplyStatus.TimedOut, Reason = NoReply(), RoundTrip = _time.GetElapsedTime(sentAt) }
            : ToReply(answer, offset);
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">The robot does not answer.</exception>
    public RobotState ReadState() => StateFrom(Ask(new StateRequest()));

    /// <inheritdoc/>
    public void Stop(string reason) => TryTwice(new StopRequest { Session = _session ?? "", Reason = reason });

    /// <summary>Stops the robot and latches it: commands are refused until <see cref="Reset"/>.</summary>
    /// <exception cref="LinkException">The robot does not answer; its time to live stops it.</exception>
    public RobotState EmergencyStop(string reason) => StateFrom(Ask(new EmergencyStopRequest { Reason = reason }));

    /// <summary>Ends the latch of an emergency stop.</summary>
    /// <exception cref="LinkException">The robot does not answer, or refuses.</exception>
    public RobotState Reset() => StateFrom(Ask(new ResetRequest { Session = _session! }));

    /// <inheritdoc/>
    /// <exception cref="LinkException">The robot publishes no frames, or something else than frames.</exception>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default) =>
        (_frames ?? throw new LinkException(LinkFault.Refused, $"{_endpoint}: the robot publishes no frames; use another camera."))
            .Next(notBefore, timeout, cancellation);

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

    private WelcomeReply Greet(CancellationToken cancellation)
    {
        var hello = new HelloRequest { Protocol = LinkProtocol.Version, Client = _options.ClientName };
        var welcome = AskUntil(hello, _options.ConnectTimeout, cancellation) switch
        {
            WelcomeReply { Protocol: LinkProtocol.Version } reply => reply,
            WelcomeReply reply => throw OtherVersion(reply.Protocol),
            RefusedReply { Code: RefusalCodes.UnsupportedProtocol } refused => throw OtherVersion(refused.Protocol),
            RefusedReply refused => throw Refused(refused),
            null => throw Unreached(),
            var reply => throw Unexpected(reply),
        };
        if (welcome.FramesPort is < 0 or > ushort.MaxValue || welcome.LeaseUs < 1000)
            throw new LinkException(LinkFault.Malformed, $"{_endpoint}: the robot's welcome makes no sense: frames_port {welcome.FramesPort}, lease_us {welcome.LeaseUs}.");
        Description = welcome.Robot.ToDescription();
        return welcome;
    }

    private void SetClock(CancellationToken cancellation)
    {
        for (var i = 0; i < ClockExchanges; i++)
            _ = _channel.Ask(new StateRequest(), _options.ReplyTimeout, cancellation);
    }

    /// <summary>A runtime that was killed a moment ago leaves its lease behind: it is waited for once.</summary>
    private void TakeLease(TimeSpan lease, CancellationToken cancellation)
    {
        var acquire = new AcquireRequest { Client = _options.ClientName };
        var patience = _time.GetTimestamp();
        var reply = Ask(acquire, cancellation);
        while (reply is RefusedReply { Code: RefusalCodes.LeaseHeld } && _time.GetElapsedTime(patience) < lease * 1.1)
        {
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50));
            reply = Ask(acquire, cancellation);
        }
        _session = reply switch
        {
            LeaseReply granted => granted.Session,
            RefusedReply refused => throw Refused(refused),
            _ => throw Unexpected(reply),
        };
        _renewal = new NetMQTimer(lease / 3);
        _renewal.Elapsed += (_, _) => _channel.Post(new RenewRequest { Session = _session });
        _poller.Add(_renewal);
    }

    private void Subscribe(int port)
    {
        if (port != 0)
        {
            _frames = new FrameReceiver(_poller, new FrameCodec(_seal), _channel.Clock, _options.Security,
                _endpoint with { Port = port }, _options.MaxFrameAge, _time);
        }
    }

    private Reply? AskUntil(Request request, TimeSpan timeout, CancellationToken cancellation)
    {
        for (var start = _time.GetTimestamp(); _time.GetElapsedTime(start) < timeout && _channel.Problem is not { IsFinal: true };)
        {
            if (_channel.Ask(request, _options.ReplyTimeout, cancellation) is { } answer)
                return answer.Reply;
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
            cancellation.ThrowIfCancellationRequested();
        }
        return null;
    }

    private Reply Ask(Request request, CancellationToken cancellation = default) =>
        _channel.Ask(request, _options.ReplyTimeout, cancellation)?.Reply
            ?? throw new LinkException(LinkFault.NoAnswer, $"{_endpoint}: {NoReply()}");

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

    private CommandReply ToReply(Answer answer, TimeSpan offset)
    {
        if (answer.Reply is RefusedReply { Code: RefusalCodes.NotOwner } lost)
        {
            _lost = lost.Reason;
            ThrowIfLost();
        }
        try
        {
            return answer.Reply switch
            {
                AcceptedReply reply => new CommandReply
                {
                    Status = ReplyStatus.Accepted,
                    Applied = reply.Action.ToAction(),
                    State = reply.State.ToState(offset),
                    RoundTrip = answer.RoundTrip,
                },
                ClampedReply reply => new CommandReply
                {
                    Status = ReplyStatus.Clamped,
                    Applied = reply.Action.ToAction(),
                    Reason = reply.Reason,
                    State = reply.State.ToState(offset),
                    RoundTrip = answer.RoundTrip,
                },
                RefusedReply reply => new CommandReply
                {
                    Status = ReplyStatus.Refused,
                    Reason = $"{reply.Code}: {reply.Reason}",
                    State = reply.State?.ToState(offset),
                    RoundTrip = answer.RoundTrip,
                },
                var reply => throw Unexpected(reply),
            };
        }
        catch (FormatException e)
        {
            throw new LinkException(LinkFault.Malformed, $"{_endpoint}: the robot's answer to a command is malformed: {e.Message}", e);
        }
    }

    private RobotState StateFrom(Reply reply) => reply switch
    {
        StateReply state => state.State.ToState(ClockOffset),
        RefusedReply refused => throw Refused(refused),
        _ => throw Unexpected(reply),
    };

    private void CheckRenewal(Reply reply)
    {
        if (reply is RefusedReply { Code: RefusalCodes.NotOwner } refused)
            _lost = refused.Reason;
    }

    private void ThrowIfLost()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_lost is { } reason)
            throw new LinkException(LinkFault.LeaseLost, $"{_endpoint}: the lease is lost: {reason}");
    }

    private string NoReply() => $"the robot did not answer within {_options.ReplyTimeout.TotalMilliseconds:0} ms" +
        (_channel.Problem is { } problem ? $": {problem.Text}." : ".");

    private LinkException Unreached() => _channel.Problem is { } problem
        ? new LinkException(problem.Fault, $"{_endpoint}: no connection to the robot: {problem.Text}.")
        : new LinkException(LinkFault.NoAnswer,
            $"{_endpoint}: no robot answered within {_options.ConnectTimeout.TotalSeconds:0.#} s; start the robot, or correct link.endpoint.");

    private LinkException OtherVersion(int? theirs) => new(LinkFault.ProtocolMismatch,
        $"{_endpoint}: the robot speaks protocol {theirs?.ToString() ?? "of another version"}, this runtime {LinkProtocol.Version}; update the older one.");

    private LinkException Refused(RefusedReply refused) => new(
        refused.Code switch
        {
            RefusalCodes.LeaseHeld => LinkFault.LeaseHeld,
            RefusalCodes.NotOwner => LinkFault.LeaseLost,
            RefusalCodes.BadMac => LinkFault.KeyMismatch,
            _ => LinkFault.Refused,
        },
        $"{_endpoint}: the robot refused ({refused.Code}): {refused.Reason}");

    private LinkException Unexpected(Reply reply) =>
        new(LinkFault.Malformed, $"{_endpoint}: the robot answered with something else than was asked for ({reply.GetType().Name}).");
}
