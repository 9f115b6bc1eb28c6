using System.Text;
using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>The options of one socket. Set them before binding or connecting.</summary>
public class SocketOptions
{
    private readonly NetMQSocket _socket;

    internal SocketOptions(NetMQSocket socket) => _socket = socket;

    /// <summary>How a router on the other side names this socket; null when none was given.</summary>
    public byte[]? Identity
    {
        get => GetBytes(SocketOption.Identity, 255) is { Length: > 0 } identity ? identity : null;
        set => Set(SocketOption.Identity, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>How long a closed socket keeps trying to send what is pending; negative: for ever.</summary>
    public TimeSpan Linger { get => GetTime(SocketOption.Linger); set => SetTime(SocketOption.Linger, value); }

    /// <summary>Messages queued for sending before a send waits (or, on a publisher or router, drops); 0: no limit.</summary>
    public int SendHighWatermark { get => GetInt(SocketOption.SendHighWatermark); set => SetInt(SocketOption.SendHighWatermark, value); }

    /// <summary>Received messages queued before the peer has to wait; 0: no limit.</summary>
    public int ReceiveHighWatermark { get => GetInt(SocketOption.ReceiveHighWatermark); set => SetInt(SocketOption.ReceiveHighWatermark, value); }

    /// <summary>The kernel's send buffer, bytes.</summary>
    public int SendBuffer { get => GetInt(SocketOption.SendBuffer); set => SetInt(SocketOption.SendBuffer, value); }

    /// <summary>The kernel's receive buffer, bytes.</summary>
    public int ReceiveBuffer { get => GetInt(SocketOption.ReceiveBuffer); set => SetInt(SocketOption.ReceiveBuffer, value); }

    /// <summary>Connections that may wait to be accepted.</summary>
    public int Backlog { get => GetInt(SocketOption.Backlog); set => SetInt(SocketOption.Backlog, value); }

    public TimeSpan ReconnectInterval { get => GetTime(SocketOption.ReconnectInterval); set => SetTime(SocketOption.ReconnectInterval, value); }

    /// <summary>The interval doubles up to this; zero keeps it as it is.</summary>
    public TimeSpan ReconnectIntervalMax { get => GetTime(SocketOption.ReconnectIntervalMax); set => SetTime(SocketOption.ReconnectIntervalMax, value); }

    /// <summary>The largest frame accepted, bytes; a peer that sends a larger one is disconnected. −1: no limit.</summary>
    public unsafe long MaxMsgSize
    {
        get
        {
            long value;
            Get(SocketOption.MaxMessageSize, &value, sizeof(long));
            return value;
        }
        set => Set(SocketOption.MaxMessageSize, new ReadOnlySpan<byte>(&value, sizeof(long)));
    }

    /// <summary>Nothing is queued for a peer that is not there yet (ZMQ_IMMEDIATE).</summary>
    public bool DelayAttachOnConnect { get => GetInt(SocketOption.Immediate) != 0; set => SetInt(SocketOption.Immediate, value ? 1 : 0); }

    /// <summary>Whether more frames of the message last received follow.</summary>
    public bool ReceiveMore => GetInt(SocketOption.ReceiveMore) != 0;

    /// <summary>The endpoint last bound or connected, with the port that was chosen.</summary>
    public string? LastEndpoint => Encoding.UTF8.GetString(GetBytes(SocketOption.LastEndpoint, 512)).TrimEnd('\0');

    /// <summary>A router throws <see cref="HostUnreachableException"/> for an unknown peer, instead of dropping the message.</summary>
    public bool RouterMandatory { set => SetInt(SocketOption.RouterMandatory, value ? 1 : 0); }

    /// <summary>A new peer takes over the identity of an old one.</summary>
    public bool RouterHandover { set => SetInt(SocketOption.RouterHandover, value ? 1 : 0); }

    /// <summary>Pings are sent at this interval; zero: none.</summary>
    public TimeSpan HeartbeatInterval { get => GetTime(SocketOption.HeartbeatInterval); set => SetTime(SocketOption.HeartbeatInterval, value); }

    /// <summary>Without an answer to a ping within this time the connection is dropped.</summary>
    public TimeSpan HeartbeatTimeout { get => GetTime(SocketOption.HeartbeatTimeout); set => SetTime(SocketOption.HeartbeatTimeout, value); }

    /// <summary>The peer drops the connection when it hears nothing for this time.</summary>
    public TimeSpan HeartbeatTtl { get => GetTime(SocketOption.HeartbeatTtl); set => SetTime(SocketOption.HeartbeatTtl, value); }

    /// <summary>This side is the CURVE server; peers without CURVE are refused.</summary>
    public bool CurveServer { get => GetInt(SocketOption.CurveServer) != 0; set => SetInt(SocketOption.CurveServer, value ? 1 : 0); }

    /// <summary>This side's key pair.</summary>
    /// <exception cref="ArgumentException">The certificate has no secret key.</exception>
    public NetMQCertificate CurveCertificate
    {
        set
        {
            Set(SocketOption.CurveSecretKey, value.SecretKey ?? throw new ArgumentException("the certificate has no secret key.", nameof(value)));
            Set(SocketOption.CurvePublicKey, value.PublicKey);
        }
    }

    /// <summary>The server's public key, 32 bytes; makes this side a CURVE client.</summary>
    public byte[]? CurveServerKey
    {
        get => GetBytes(SocketOption.CurveServerKey, 32);
        set => Set(SocketOption.CurveServerKey, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <inheritdoc cref="CurveServerKey"/>
    public NetMQCertificate CurveServerCertificate { set => CurveServerKey = value.PublicKey; }

    internal unsafe void Set(SocketOption option, ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
            Check(LibZmq.zmq_setsockopt(_socket.Handle, option, data, (nuint)value.Length), option);
    }

    private unsafe void SetInt(SocketOption option, int value) => Set(option, new ReadOnlySpan<byte>(&value, sizeof(int)));

    private unsafe int GetInt(SocketOption option)
    {
        int value;
        Get(option, &value, sizeof(int));
        return value;
    }

    private void SetTime(SocketOption option, TimeSpan value) => SetInt(option, value < TimeSpan.Zero ? -1 : checked((int)value.TotalMilliseconds));

    private TimeSpan GetTime(SocketOption option) => TimeSpan.FromMilliseconds(GetInt(option));

    private unsafe byte[] GetBytes(SocketOption option, int capacity)
    {
        Span<byte> value = stackalloc byte[capacity];
        fixed (byte* data = value)
            return value[..Get(option, data, capacity)].ToArray();
    }

    private unsafe int Get(SocketOption option, void* value, int capacity)
    {
        var length = (nuint)capacity;
        Check(LibZmq.zmq_getsockopt(_socket.Handle, option, value, ref length), option);
        return (int)length;
    }

    private static void Check(int result, SocketOption option)
    {
        if (result != 0)
            throw NetMQException.FromLastError($"socket option {option}");
    }
}
