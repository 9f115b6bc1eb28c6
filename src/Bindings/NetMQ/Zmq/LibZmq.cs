using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rt1.Bindings.Zmq;

/// <summary>libzmq's C interface (zmq.h, 4.2 or newer), only what the bindings use.</summary>
internal static unsafe partial class LibZmq
{
    public const int DontWait = 1;
    public const int SendMore = 2;

    private const string Library = "libzmq";

    static LibZmq() => NativeLibrary.SetDllImportResolver(typeof(LibZmq).Assembly, Resolve);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint zmq_ctx_new();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_ctx_shutdown(nint context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_ctx_term(nint context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint zmq_socket(nint context, SocketType type);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_close(nint socket);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_setsockopt(SocketHandle socket, SocketOption option, void* value, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_getsockopt(SocketHandle socket, SocketOption option, void* value, ref nuint length);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_bind(SocketHandle socket, string endpoint);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_connect(SocketHandle socket, string endpoint);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_unbind(SocketHandle socket, string endpoint);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_disconnect(SocketHandle socket, string endpoint);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_socket_monitor(SocketHandle socket, string? endpoint, int events);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_send(SocketHandle socket, byte* data, nuint length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_msg_recv(NativeMessage* message, SocketHandle socket, int flags);

    [LibraryImport(Library)]
    public static partial int zmq_msg_init(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial int zmq_msg_close(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial byte* zmq_msg_data(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial nuint zmq_msg_size(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial int zmq_msg_more(NativeMessage* message);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_poll(PollItem* items, int count, nint timeoutMilliseconds);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_curve_keypair(byte* publicZ85, byte* secretZ85);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_curve_public(byte* publicZ85, byte* secretZ85);

    [LibraryImport(Library)]
    public static partial nint zmq_strerror(int error);

    [LibraryImport(Library)]
    public static partial void zmq_version(out int major, out int minor, out int patch);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_has(string capability);

    /// <summary>Loads the first of <paramref name="names"/> that the system has.</summary>
    /// <exception cref="DllNotFoundException">None is there; the message names the package to install.</exception>
    public static nint Load(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }
        throw new DllNotFoundException($"ZeroMQ: {names[0]} was not found; install Debian's package libzmq5 (scripts/setup.sh does).");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library ? Load("libzmq.so.5", "libzmq.so") : 0;

    /// <summary>zmq_msg_t: opaque, never moved while libzmq holds it.</summary>
    [InlineArray(8)]
    public struct NativeMessage
    {
        private ulong _first;
    }

    /// <summary>zmq_pollitem_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollItem
    {
        public nint Socket;
        public int FileDescriptor;
        public short Events;
        public short ReturnedEvents;
    }
}

/// <summary>ZMQ_PAIR and its siblings.</summary>
internal enum SocketType
{
    Pair = 0,
    Publisher = 1,
    Subscriber = 2,
    Response = 4,
    Dealer = 5,
    Router = 6,
    Pull = 7,
    Push = 8,
}

/// <summary>The socket options (zmq_setsockopt) that the bindings use.</summary>
internal enum SocketOption
{
    Identity = 5,
    Subscribe = 6,
    Unsubscribe = 7,
    SendBuffer = 11,
    ReceiveBuffer = 12,
    ReceiveMore = 13,
    Linger = 17,
    ReconnectInterval = 18,
    Backlog = 19,
    ReconnectIntervalMax = 21,
    MaxMessageSize = 22,
    SendHighWatermark = 23,
    ReceiveHighWatermark = 24,
    LastEndpoint = 32,
    RouterMandatory = 33,
    Immediate = 39,
    CurveServer = 47,
    CurvePublicKey = 48,
    CurveSecretKey = 49,
    CurveServerKey = 50,
    ZapDomain = 55,
    RouterHandover = 56,
    HeartbeatInterval = 75,
    HeartbeatTtl = 76,
    HeartbeatTimeout = 77,
}
