using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>One zmq_poll over a list of members; its arrays are kept from call to call.</summary>
internal sealed class SocketPoll
{
    private readonly List<(ISocketPollable Member, PollEvents Ready)> _ready = [];
    private readonly List<(ISocketPollable Member, SocketHandle Handle)> _held = [];
    private LibZmq.PollItem[] _items = new LibZmq.PollItem[8];

    /// <summary>Which members are ready, and for what. Members that nobody listens to are not watched.</summary>
    /// <exception cref="TerminatingException">The context ended.</exception>
    public List<(ISocketPollable Member, PollEvents Ready)> Wait(List<ISocketPollable> members, nint timeoutMilliseconds)
    {
        _ready.Clear();
        try
        {
            Hold(members);
            if (!Poll(timeoutMilliseconds))
                return _ready;
            for (var i = 0; i < _held.Count; i++)
            {
                if (_items[i].ReturnedEvents != 0)
                    _ready.Add((_held[i].Member, (PollEvents)_items[i].ReturnedEvents));
            }
            return _ready;
        }
        finally
        {
            foreach (var (_, handle) in _held)
                handle.DangerousRelease();
            _held.Clear();
        }
    }

    private void Hold(List<ISocketPollable> members)
    {
        if (_items.Length < members.Count)
            _items = new LibZmq.PollItem[members.Count * 2];
        foreach (var member in members)
        {
            if (member.Socket.WantedEvents is var wanted && wanted == PollEvents.None)
                continue;
            if (!TryHold(member.Socket, out var handle))
                continue;
            _items[_held.Count] = new LibZmq.PollItem { Socket = handle.DangerousGetHandle(), Events = (short)wanted };
            _held.Add((member, handle));
        }
    }

    /// <summary>False when another thread disposed the socket a moment ago.</summary>
    private static bool TryHold(NetMQSocket socket, out SocketHandle handle)
    {
        handle = null!;
        var added = false;
        try
        {
            handle = socket.Handle;
            handle.DangerousAddRef(ref added);
        }
        catch (ObjectDisposedException)
        {
        }
        return added;
    }

    private unsafe bool Poll(nint timeoutMilliseconds)
    {
        fixed (LibZmq.PollItem* items = _items)
        {
            if (LibZmq.zmq_poll(items, _held.Count, timeoutMilliseconds) >= 0)
                return true;
        }
        return NetMQException.LastErrorWasInterrupt ? false : throw NetMQException.FromLastError("poll");
    }
}
