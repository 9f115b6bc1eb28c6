using System.Collections.Concurrent;
using NetMQ;
using NetMQ.Sockets;
using Rt1.Core;
#if RT1_SYSTEM_BINDINGS
using Rt1.Bindings.Zmq;
#endif

namespace Rt1.Link;

/// <summary>
/// Requests to the robot and their replies, over one DEALER that the poller owns. Callers may be on any thread. Every reply is also a
/// sample of the robot's clock.
/// </summary>
internal sealed class RequestChannel : IDisposable
{
    /// <summary>How long a request may wait for the one before it to leave.</summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMilliseconds(20);

    private readonly NetMQPoller _poller;
    private readonly MessageCodec _codec;
    private readonly TimeProvider _time;
    private readonly DealerSocket _socket = new();
    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private long _lastId;
    private volatile LinkProblem? _problem;

#if RT1_SYSTEM_BINDINGS
    private readonly SocketMonitor _monitor;
#endif

    /// <exception cref="LinkException">A key is malformed, or the endpoint needs CURVE keys.</exception>
    public RequestChannel(NetMQPoller poller, MessageCodec codec, LinkSecurity security, LinkEndpoint endpoint, TimeProvider time)
    {
        (_poller, _codec, _time) = (poller, codec, time);
        try
        {
            _socket.Options.SendHighWatermark = 1;
            _socket.Options.DelayAttachOnConnect = true;
            _socket.Options.MaxMsgSize = LinkProtocol.MaxMessageBytes;
            _socket.Options.HeartbeatInterval = LinkProtocol.HeartbeatInterval;
            _socket.Options.HeartbeatTimeout = LinkProtocol.HeartbeatTimeout;
            SocketSecurity.ProtectClient(security, endpoint, _socket);
#if RT1_SYSTEM_BINDINGS
            _monitor = new SocketMonitor(_socket);
            _monitor.Occurred += happened => Report(Describe(happened));
            _poller.Add(_monitor);
#endif
            _socket.Connect(endpoint.ToString());
        }
        catch
        {
            Dispose();
            throw;
        }
        _socket.ReceiveReady += (_, _) => Receive();
        _poller.Add(_socket);
    }

    /// <summary>What stands in the way of a connection, as far as it is known.</summary>
    public LinkProblem? Problem => _problem;

    /// <summary>Raised on the poller's thread for a reply that nobody waits for.</summary>
    public event Action<Reply>? Unasked;

    public ClockOffset Clock { get; } = new();

    /// <summary>Follows the robot's clock, where the robot is in lockstep.</summary>
    public LockstepClock? Lockstep { get; set; }

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>Sends a request and waits for its reply; null when the robot is not connected or does not answer in time.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Answer? Ask(Request request, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var pending = new Pending();
        var id = Post(request, pending);
        try
        {
            return pending.Completion.Task.Wait(timeout, cancellation) ? pending.Completion.Task.Result : null;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a request; its reply arrives as <see cref="Unasked"/>.</summary>
    public void Post(Request request) => Post(request, null);

    public void Dispose()
    {
#if RT1_SYSTEM_BINDINGS
        _monitor?.Dispose();
#endif
        _socket.Dispose();
    }

    private long Post(Request request, Pending? pending)
    {
        var id = Interlocked.Increment(ref _lastId);
        var bytes = _codec.Encode(request with { Id = id });
        if (pending is not null)
            _pending[id] = pending;
        _poller.Run(() =>
        {
            pending?.SentAt = Now;
            if (!_socket.TrySendFrame(SendTimeout, bytes))
                pending?.Completion.TrySetResult(null);
        });
        return id;
    }

    private void Receive()
    {
        while (_socket.TryReceiveFrameBytes(out var bytes))
        {
            var receivedAt = Now;
            Reply reply;
            try
            {
                reply = _codec.Decode<Reply>(bytes);
            }
            catch (MalformedMessageException e)
            {
                Report(new LinkProblem(LinkFault.KeyMismatch, e.Code == RefusalCodes.BadMac
                    ? "its answer does not carry our shared key's MAC; set the same link.shared_key on both ends"
                    : $"its answer is not of this protocol, or it demands a link.shared_key ({e.Message})", IsFinal: true));
                continue;
            }
            if (_pending.TryRemove(reply.Id, out var pending))
                Complete(pending, reply, receivedAt);
            else
                Report(reply);
        }
    }

    private void Complete(Pending pending, Reply reply, TimeSpan receivedAt)
    {
        Lockstep?.AdvanceTo(LinkProtocol.FromMicroseconds(reply.ClockUs));
        Clock.Add(pending.SentAt, LinkProtocol.FromMicroseconds(reply.ClockUs), receivedAt);
        pending.Completion.TrySetResult(new Answer(reply, receivedAt - pending.SentAt));
    }

    private void Report(Reply reply)
    {
        if (reply is RefusedReply { Id: 0, Code: RefusalCodes.BadMac or RefusalCodes.Malformed } refused)
            Report(new LinkProblem(LinkFault.KeyMismatch, $"it refuses our messages ({refused.Reason}); check link.shared_key", IsFinal: true));
        Unasked?.Invoke(reply);
    }

    /// <summary>Whoever waits for an answer that cannot come waits no longer.</summary>
    private void Report(LinkProblem? problem)
    {
        _problem = problem;
        if (problem is not { IsFinal: true })
            return;
        foreach (var pending in _pending.Values)
            pending.Completion.TrySetResult(null);
    }

#if RT1_SYSTEM_BINDINGS
    private LinkProblem? Describe(ConnectionEvent happened) => happened switch
    {
        ConnectionEvent.HandshakeSucceeded => null,
        ConnectionEvent.ConnectRetried => _problem ?? new(LinkFault.NoAnswer, "nothing listens there; start the robot"),
        ConnectionEvent.HandshakeFailedAuthentication => new(LinkFault.KeyMismatch,
            "it refuses this runtime's CURVE key; add its public key to the robot's link.allowed_clients", IsFinal: true),
        ConnectionEvent.HandshakeFailed or ConnectionEvent.HandshakeFailedProtocol => new(LinkFault.KeyMismatch,
            "the CURVE handshake fails; check link.server_key, and that both ends use CURVE or neither"),
        _ => _problem,
    };
#endif

    private sealed class Pending
    {
        public TaskCompletionSource<Answer?> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan SentAt { get; set; }
    }
}

/// <summary>Why messages do not get through.</summary>
/// <param name="IsFinal">Waiting does not mend it.</param>
internal sealed record LinkProblem(LinkFault Fault, string Text, bool IsFinal = false);

/// <summary>A reply, and the time from sending to receiving.</summary>
internal sealed record Answer(Reply Reply, TimeSpan RoundTrip);
