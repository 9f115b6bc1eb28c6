using System.Buffers.Binary;
using NetMQ;
using NetMQ.Sockets;

namespace Rt1.Bindings.Zmq;

/// <summary>What happened to a socket's connections (zmq_socket_monitor).</summary>
[Flags]
public enum ConnectionEvent
{
    None = 0,

    /// <summary>TCP is connected; the handshake follows.</summary>
    Connected = 0x0001,

    /// <summary>Nobody listens there yet; it will be tried again.</summary>
    ConnectRetried = 0x0004,

    /// <summary>The connection was lost, or a handshake failed.</summary>
    Disconnected = 0x0200,

    /// <summary>The peer ended the handshake without a word: a CURVE server that does not take this key, or a peer without CURVE.</summary>
    HandshakeFailed = 0x0800,

    /// <summary>The peer can be talked to.</summary>
    HandshakeSucceeded = 0x1000,

    /// <summary>The peer speaks another security mechanism, or not ZeroMQ.</summary>
    HandshakeFailedProtocol = 0x2000,

    /// <summary>The peer's authentication refused this side's key.</summary>
    HandshakeFailedAuthentication = 0x4000,
}

/// <summary>Reports a socket's connection events; add it to the poller that owns the socket. Dispose it before the socket.</summary>
public sealed class SocketMonitor : ISocketPollable, IDisposable
{
    private const ConnectionEvent Watched = ConnectionEvent.Connected | ConnectionEvent.ConnectRetried | ConnectionEvent.Disconnected
        | ConnectionEvent.HandshakeFailed | ConnectionEvent.HandshakeSucceeded | ConnectionEvent.HandshakeFailedProtocol
        | ConnectionEvent.HandshakeFailedAuthentication;

    private readonly NetMQSocket _watched;
    private readonly PairSocket _events;

    public SocketMonitor(NetMQSocket socket)
    {
        var endpoint = $"inproc://monitor-{Guid.NewGuid():N}";
        _watched = socket;
        if (LibZmq.zmq_socket_monitor(socket.Handle, endpoint, (int)Watched) != 0)
            throw NetMQException.FromLastError("socket monitor");
        _events = new PairSocket($">{endpoint}");
        _events.ReceiveReady += (_, _) =>
        {
            while (TryReceive(TimeSpan.Zero, out var happened))
                Occurred?.Invoke(happened);
        };
    }

    /// <summary>Raised by the poller.</summary>
    public event Action<ConnectionEvent>? Occurred;

    public bool IsDisposed => _events.IsDisposed;

    NetMQSocket ISocketPollable.Socket => _events;

    /// <summary>The next event, without a poller; false when none came in time.</summary>
    public bool TryReceive(TimeSpan timeout, out ConnectionEvent happened)
    {
        happened = ConnectionEvent.None;
        NetMQMessage? message = null;
        if (!_events.TryReceiveMultipartMessage(timeout, ref message, 2))
            return false;
        happened = (ConnectionEvent)BinaryPrimitives.ReadUInt16LittleEndian(message.First.Buffer);
        return true;
    }

    public void Dispose()
    {
        if (IsDisposed)
            return;
        if (!_watched.IsDisposed)
            _ = LibZmq.zmq_socket_monitor(_watched.Handle, null, 0);
        _events.Dispose();
    }
}
