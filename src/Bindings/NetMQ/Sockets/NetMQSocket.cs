using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>
/// A ZeroMQ socket. Used by one thread at a time; <see cref="Dispose()"/> may come from any thread, and takes effect when a call in
/// progress returns. Calls throw <see cref="ObjectDisposedException"/> after that, <see cref="TerminatingException"/> after
/// <see cref="NetMQConfig.Cleanup"/>.
/// </summary>
public abstract class NetMQSocket : IOutgoingSocket, IReceivingSocket, ISocketPollable, IDisposable
{
    private readonly SocketHandle _handle;
    private readonly NetMQSocketEventArgs _readiness;
    private volatile bool _disposed;

    /// <param name="connectionString">Endpoints separated by commas; <c>@</c> in front binds, <c>&gt;</c> connects.</param>
    /// <param name="type">The ZeroMQ pattern.</param>
    /// <param name="binds">Whether an endpoint with neither is bound.</param>
    private protected NetMQSocket(SocketType type, string? connectionString, bool binds)
    {
        _handle = ZmqContext.CreateSocket(type);
        _readiness = new NetMQSocketEventArgs(this);
        Options = new SocketOptions(this) { Linger = NetMQConfig.Linger };
        try
        {
            Attach(connectionString, binds);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Raised by a poller, or by <see cref="Poll(TimeSpan)"/>, when a message can be received.</summary>
    public event EventHandler<NetMQSocketEventArgs>? ReceiveReady;

    /// <summary>Raised by a poller, or by <see cref="Poll(TimeSpan)"/>, when a message can be sent.</summary>
    public event EventHandler<NetMQSocketEventArgs>? SendReady;

    public SocketOptions Options { get; }

    public bool IsDisposed => _disposed;

    public bool HasIn => Poll(PollEvents.PollIn, TimeSpan.Zero).HasFlag(PollEvents.PollIn);

    public bool HasOut => Poll(PollEvents.PollOut, TimeSpan.Zero).HasFlag(PollEvents.PollOut);

    NetMQSocket ISocketPollable.Socket => this;

    internal SocketHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return IsClosedByCleanup ? throw new TerminatingException($"{GetType().Name}: the library was cleaned up.") : _handle;
        }
    }

    internal bool IsClosedByCleanup => !_disposed && _handle.IsClosed;

    /// <summary>What a poller must watch for: whatever somebody subscribed to.</summary>
    internal PollEvents WantedEvents =>
        (ReceiveReady is null ? 0 : PollEvents.PollIn) | (SendReady is null ? 0 : PollEvents.PollOut);

    /// <exception cref="AddressAlreadyInUseException">Another socket has the address.</exception>
    /// <exception cref="NetMQException">The address is malformed, or not one of this machine's.</exception>
    public void Bind(string address) => Check(LibZmq.zmq_bind(Handle, address), address);

    /// <summary>Binds a TCP address without a port, e.g. <c>tcp://127.0.0.1</c>, to a free port and returns it.</summary>
    public int BindRandomPort(string address)
    {
        Bind($"{address}:0");
        var endpoint = Options.LastEndpoint!;
        return int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Connects in the background, and again whenever the connection breaks.</summary>
    public void Connect(string address) => Check(LibZmq.zmq_connect(Handle, address), address);

    /// <exception cref="EndpointNotFoundException">The socket was not connected to it.</exception>
    public void Disconnect(string address) => Check(LibZmq.zmq_disconnect(Handle, address), address);

    /// <exception cref="EndpointNotFoundException">The socket was not bound to it.</exception>
    public void Unbind(string address) => Check(LibZmq.zmq_unbind(Handle, address), address);

    /// <inheritdoc/>
    public virtual unsafe bool TrySend(ref Msg msg, TimeSpan timeout, bool more)
    {
        var deadline = new Deadline(timeout);
        fixed (byte* data = msg.Slice())
        {
            while (LibZmq.zmq_send(Handle, data, (nuint)msg.Size, LibZmq.DontWait | (more ? LibZmq.SendMore : 0)) < 0)
            {
                if (!WaitOrThrow(PollEvents.PollOut, deadline))
                    return false;
            }
        }
        msg.Close();
        msg.InitEmpty();
        return true;
    }

    /// <inheritdoc/>
    public virtual unsafe bool TryReceive(ref Msg msg, TimeSpan timeout)
    {
        var deadline = new Deadline(timeout);
        LibZmq.NativeMessage native;
        LibZmq.zmq_msg_init(&native);
        try
        {
            while (LibZmq.zmq_msg_recv(&native, Handle, LibZmq.DontWait) < 0)
            {
                if (!WaitOrThrow(PollEvents.PollIn, deadline))
                    return false;
            }
            if (msg.IsInitialised)
                msg.Close();
            var size = checked((int)LibZmq.zmq_msg_size(&native));
            msg.InitPool(size);
            new ReadOnlySpan<byte>(LibZmq.zmq_msg_data(&native), size).CopyTo(msg.Slice());
            msg.HasMore = LibZmq.zmq_msg_more(&native) != 0;
            return true;
        }
        finally
        {
            LibZmq.zmq_msg_close(&native);
        }
    }

    /// <summary>Waits for what is subscribed to, and raises the events; false when nothing happened.</summary>
    public bool Poll(TimeSpan timeout)
    {
        var ready = Poll(WantedEvents, timeout);
        Raise(ready);
        return ready != PollEvents.None;
    }

    /// <summary>Waits until the socket is ready for one of <paramref name="pollEvents"/>; which ones is returned.</summary>
    public PollEvents Poll(PollEvents pollEvents, TimeSpan timeout) => Wait(pollEvents, new Deadline(timeout));

    public void Close() => Dispose();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        if (disposing)
            _handle.Dispose();
    }

    internal void Raise(PollEvents ready)
    {
        _readiness.IsReadyToReceive = ready.HasFlag(PollEvents.PollIn);
        _readiness.IsReadyToSend = ready.HasFlag(PollEvents.PollOut);
        if (_readiness.IsReadyToReceive)
            ReceiveReady?.Invoke(this, _readiness);
        if (_readiness.IsReadyToSend && !_disposed)
            SendReady?.Invoke(this, _readiness);
    }

    private static void Check(int result, string subject)
    {
        if (result != 0)
            throw NetMQException.FromLastError(subject);
    }

    private void Attach(string? connectionString, bool binds)
    {
        foreach (var part in (connectionString ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '@' || (binds && part[0] != '>'))
                Bind(part.TrimStart('@'));
            else
                Connect(part.TrimStart('>'));
        }
    }

    /// <summary>After a call that would have waited: waits for readiness; false when the time is up.</summary>
    private bool WaitOrThrow(PollEvents events, Deadline deadline)
    {
        if (NetMQException.LastErrorWasInterrupt)
            return true;
        if (!NetMQException.LastErrorWasTryAgain)
            throw NetMQException.FromLastError(GetType().Name);
        return !deadline.IsOver && Wait(events, deadline) != PollEvents.None;
    }

    private unsafe PollEvents Wait(PollEvents events, Deadline deadline)
    {
        var handle = Handle;
        var added = false;
        handle.DangerousAddRef(ref added);
        try
        {
            var item = new LibZmq.PollItem { Socket = handle.DangerousGetHandle(), Events = (short)events };
            while (LibZmq.zmq_poll(&item, 1, deadline.RemainingMilliseconds) < 0)
            {
                if (!NetMQException.LastErrorWasInterrupt)
                    throw NetMQException.FromLastError(GetType().Name);
            }
            return (PollEvents)item.ReturnedEvents;
        }
        finally
        {
            handle.DangerousRelease();
        }
    }
}
