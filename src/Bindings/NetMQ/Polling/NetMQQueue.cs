using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NetMQ.Sockets;

namespace NetMQ;

/// <summary>A queue that any thread fills and one thread, usually a poller's, empties.</summary>
public sealed class NetMQQueue<T> : ISocketPollable, IEnumerable<T>, IDisposable
{
    private readonly ConcurrentQueue<T> _items = new();
    private readonly Lock _writing = new();
    private readonly PairSocket _writer;
    private readonly PairSocket _reader;
    private readonly NetMQQueueEventArgs<T> _args;
    private EventHandler<NetMQQueueEventArgs<T>>? _receiveReady;

    /// <param name="capacity">Items held before <see cref="Enqueue"/> waits; 0: no limit.</param>
    public NetMQQueue(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        var endpoint = $"inproc://queue-{Guid.NewGuid():N}";
        _args = new NetMQQueueEventArgs<T>(this);
        _writer = new PairSocket();
        _reader = new PairSocket();
        _writer.Options.SendHighWatermark = _reader.Options.ReceiveHighWatermark = capacity == 0 ? 0 : Math.Max(1, capacity / 2);
        _reader.Bind(endpoint);
        _writer.Connect(endpoint);
    }

    /// <summary>Raised by a poller while there are items.</summary>
    public event EventHandler<NetMQQueueEventArgs<T>> ReceiveReady
    {
        add
        {
            if (_receiveReady is null)
                _reader.ReceiveReady += Raise;
            _receiveReady += value;
        }
        remove
        {
            _receiveReady -= value;
            if (_receiveReady is null)
                _reader.ReceiveReady -= Raise;
        }
    }

    public bool IsDisposed { get; private set; }

    public int Count => _items.Count;

    public bool IsEmpty => _items.IsEmpty;

    NetMQSocket ISocketPollable.Socket => _reader;

    internal bool IsClosedByCleanup => !IsDisposed && _reader.IsClosedByCleanup;

    public void Enqueue(T value)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _items.Enqueue(value);
            _writer.SendFrameEmpty();
        }
    }

    /// <summary>Takes the oldest item, waiting for one. Only one thread may take.</summary>
    public T Dequeue() => TryDequeue(out var item, Timeout.InfiniteTimeSpan) ? item : throw new ObjectDisposedException(GetType().Name);

    /// <summary>Takes the oldest item; false when none came in time. Only one thread may take.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out T result, TimeSpan timeout)
    {
        result = default;
        return _reader.TryReceiveFrameBytes(timeout, out _) && _items.TryDequeue(out result);
    }

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        lock (_writing)
        {
            if (IsDisposed)
                return;
            IsDisposed = true;
            _writer.Dispose();
            _reader.Dispose();
        }
    }

    private void Raise(object? sender, NetMQSocketEventArgs e) => _receiveReady?.Invoke(this, _args);
}

/// <summary>Says which queue has items.</summary>
public sealed class NetMQQueueEventArgs<T> : EventArgs
{
    internal NetMQQueueEventArgs(NetMQQueue<T> queue) => Queue = queue;

    public NetMQQueue<T> Queue { get; }
}
