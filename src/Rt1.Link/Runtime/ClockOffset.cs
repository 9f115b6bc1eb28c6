namespace Rt1.Link;

/// <summary>
/// The robot's clock minus this process's, estimated from exchanges as NTP does: the robot's answer is taken to lie in the middle between
/// sending and receiving, so the error is at most half the round trip; of the recent exchanges the fastest one counts. Thread-safe.
/// </summary>
internal sealed class ClockOffset
{
    /// <summary>Two ordinary clocks drift apart by less than 2 ms in this time.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<Exchange> _exchanges = [];

    /// <summary>Zero before the first exchange.</summary>
    public TimeSpan Value
    {
        get
        {
            lock (_gate)
                return _exchanges.Count == 0 ? TimeSpan.Zero : Best.Offset;
        }
    }

    /// <summary>The error is at most half of this.</summary>
    public TimeSpan RoundTrip
    {
        get
        {
            lock (_gate)
                return _exchanges.Count == 0 ? TimeSpan.MaxValue : Best.RoundTrip;
        }
    }

    private Exchange Best => _exchanges.MinBy(e => e.RoundTrip);

    /// <param name="sentAt">This process's clock.</param>
    /// <param name="robotClock">The robot's clock when it answered.</param>
    /// <param name="receivedAt">This process's clock.</param>
    public void Add(TimeSpan sentAt, TimeSpan robotClock, TimeSpan receivedAt)
    {
        lock (_gate)
        {
            _exchanges.RemoveAll(e => e.At < receivedAt - Memory);
            _exchanges.Add(new Exchange(receivedAt, robotClock - sentAt - (receivedAt - sentAt) / 2, receivedAt - sentAt));
        }
    }

    private readonly record struct Exchange(TimeSpan At, TimeSpan Offset, TimeSpan RoundTrip);
}
