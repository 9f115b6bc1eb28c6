namespace NetMQ;

/// <summary>Something that frames can be sent to.</summary>
public interface IOutgoingSocket
{
    /// <summary>Sends one frame; false when it could not be handed over within <paramref name="timeout"/> (negative: no limit).</summary>
    bool TrySend(ref Msg msg, TimeSpan timeout, bool more);
}

/// <summary>Something that frames come from.</summary>
public interface IReceivingSocket
{
    /// <summary>Receives one frame; false when none came within <paramref name="timeout"/> (negative: no limit).</summary>
    bool TryReceive(ref Msg msg, TimeSpan timeout);
}

/// <summary>Something that a <see cref="NetMQPoller"/> can watch.</summary>
public interface ISocketPollable
{
    NetMQSocket Socket { get; }

    bool IsDisposed { get; }
}

/// <summary>What to wait for.</summary>
[Flags]
public enum PollEvents
{
    None = 0,
    PollIn = 1,
    PollOut = 2,
    PollError = 4,
}

/// <summary>Says which socket is ready, and for what.</summary>
public class NetMQSocketEventArgs : EventArgs
{
    internal NetMQSocketEventArgs(NetMQSocket socket) => Socket = socket;

    public NetMQSocket Socket { get; }

    public bool IsReadyToReceive { get; internal set; }

    public bool IsReadyToSend { get; internal set; }
}
