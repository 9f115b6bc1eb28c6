using NetMQ;
using NetMQ.Sockets;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>Takes the robot's frames as they come and keeps the newest. The poller owns the socket; one caller waits for frames.</summary>
internal sealed class FrameReceiver : IDisposable
{
    private readonly FrameCodec _codec;
    private readonly ClockOffset _clock;
    private readonly TimeSpan _maxAge;
    private readonly TimeProvider _time;
    private readonly SubscriberSocket _socket = new();
    private readonly object _gate = new();
    private (FrameHeader Header, byte[] Image)? _newest;
    private string? _fault;
    private bool _disposed;

    /// <exception cref="LinkException">A key is malformed, or the endpoint needs CURVE keys.</exception>
    public FrameReceiver(
        NetMQPoller poller, FrameCodec codec, ClockOffset clock, LinkSecurity security, LinkEndpoint endpoint, TimeSpan maxAge, TimeProvider time)
    {
        (_codec, _clock, _maxAge, _time) = (codec, clock, maxAge, time);
        _socket.Options.ReceiveHighWatermark = LinkProtocol.FrameHighWatermark;
        _socket.Options.MaxMsgSize = LinkProtocol.MaxFrameBytes;
        _socket.Options.HeartbeatInterval = LinkProtocol.HeartbeatInterval;
        _socket.Options.HeartbeatTimeout = LinkProtocol.HeartbeatTimeout;
        SocketSecurity.ProtectClient(security, endpoint, _socket);
        _socket.SubscribeToAnyTopic();
        _socket.Connect(endpoint.ToString());
        _socket.ReceiveReady += (_, _) => Drain();
        poller.Add(_socket);
    }

    /// <inheritdoc cref="IFrameSource.Next"/>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation)
    {
        using var wake = cancellation.UnsafeRegister(_ => WakeUp(), null);
        var deadline = Environment.TickCount64 + (long)Math.Ceiling(Math.Max(0, timeout.TotalMilliseconds));
        (FrameHeader Header, byte[] Image) message;
        lock (_gate)
        {
            while (!Has(notBefore))
            {
                cancellation.ThrowIfCancellationRequested();
                if (_fault is { } fault)
                {
                    _fault = null;
                    throw new LinkException(LinkFault.Malformed, $"the robot's camera sends something else than frames: {fault}");
                }
                var wait = deadline - Environment.TickCount64;
                if (wait <= 0 || _disposed)
                    return null;
                Monitor.Wait(_gate, (int)Math.Min(wait, int.MaxValue));
            }
            message = _newest!.Value;
        }
        return Decode(message.Header, message.Image);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
        _socket.Dispose();
    }

    private bool Has(TimeSpan notBefore) => _newest is { } newest && CapturedAt(newest.Header) >= notBefore;

    private TimeSpan CapturedAt(FrameHeader header) => LinkProtocol.FromMicroseconds(header.CapturedAtUs) - _clock.Value;

    private Frame Decode(FrameHeader header, byte[] image)
    {
        try
        {
            return FrameCodec.Decode(header, image, _clock.Value);
        }
        catch (FormatException e)
        {
            throw new LinkException(LinkFault.Malformed, $"the robot's camera sends something else than frames: {e.Message}", e);
        }
    }

    /// <summary>Takes all waiting frames, keeps the last.</summary>
    private void Drain()
    {
        var (last, next) = (new Msg(), new Msg());
        last.InitEmpty();
        next.InitEmpty();
        try
        {
            while (_socket.TryReceive(ref next, TimeSpan.Zero))
                (last, next) = (next, last);
            if (last.Size > 0)
                Keep(last.Slice());
        }
        finally
        {
            last.Close();
            next.Close();
        }
    }

    private void Keep(ReadOnlySpan<byte> message)
    {
        FrameHeader header;
        byte[] image;
        try
        {
            header = _codec.ReadHeader(message, out var bytes);
            if (_time.GetElapsedTime(0) - CapturedAt(header) > _maxAge)
                return;
            image = bytes.ToArray();
        }
        catch (MalformedMessageException e)
        {
            lock (_gate)
            {
                _fault = e.Message;
                Monitor.PulseAll(_gate);
            }
            return;
        }
        lock (_gate)
        {
            _newest = (header, image);
            Monitor.PulseAll(_gate);
        }
    }

    private void WakeUp()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
