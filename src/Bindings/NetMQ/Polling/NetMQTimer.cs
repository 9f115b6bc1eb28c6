namespace NetMQ;

/// <summary>Raises <see cref="Elapsed"/> at an interval, on the thread of the poller that it was added to.</summary>
public class NetMQTimer
{
    private readonly NetMQTimerEventArgs _args;
    private int _interval;
    private bool _enabled = true;

    /// <param name="interval">Milliseconds.</param>
    public NetMQTimer(int interval)
    {
        _args = new NetMQTimerEventArgs(this);
        _interval = interval;
    }

    public NetMQTimer(TimeSpan interval) : this((int)interval.TotalMilliseconds) { }

    public event EventHandler<NetMQTimerEventArgs>? Elapsed;

    /// <summary>Milliseconds; setting it starts the interval anew.</summary>
    public int Interval
    {
        get => _interval;
        set
        {
            _interval = value;
            Restart();
        }
    }

    /// <summary>Whether it runs; setting it to true starts the interval anew.</summary>
    public bool Enable
    {
        get => _enabled;
        set
        {
            if (_enabled == value)
                return;
            _enabled = value;
            Restart();
        }
    }

    /// <summary>When it is due, on <see cref="Environment.TickCount64"/>; null while no poller has seen it.</summary>
    internal long? Due { get; private set; }

    public void EnableAndReset()
    {
        _enabled = true;
        Restart();
    }

    /// <summary>Milliseconds from <paramref name="now"/> until it is due; null while it is off.</summary>
    internal long? DueIn(long now)
    {
        if (!_enabled)
            return null;
        Due ??= now + _interval;
        return Math.Max(0, Due.Value - now);
    }

    internal void RaiseIfDue(object sender, long now)
    {
        if (DueIn(now) != 0)
            return;
        Due = now + _interval;
        Elapsed?.Invoke(sender, _args);
    }

    private void Restart() => Due = null;
}

/// <summary>Says which timer elapsed.</summary>
public class NetMQTimerEventArgs(NetMQTimer timer) : EventArgs
{
    public NetMQTimer Timer { get; } = timer;
}
