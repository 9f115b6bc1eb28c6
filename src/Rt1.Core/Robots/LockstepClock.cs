namespace Rt1.Core;

/// <summary>
/// A clock that stands still until somebody moves it on: time in a simulation that waits for its user. It makes no timers, because
/// nothing may happen between two moves. Thread-safe.
/// </summary>
/// <param name="start">What the calendar says at the clock's zero; 1970 unless given.</param>
public sealed class LockstepClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? DateTimeOffset.UnixEpoch;
    private long _ticks;

    public TimeSpan Now => new(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => _start + Now;

    /// <exception cref="NotSupportedException">Always.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("A clock that is moved by hand makes no timers.");

    /// <summary>Moves on; a time that is past changes nothing.</summary>
    public void AdvanceTo(TimeSpan time)
    {
        for (var now = Interlocked.Read(ref _ticks); time.Ticks > now; now = Interlocked.Read(ref _ticks))
            Interlocked.CompareExchange(ref _ticks, time.Ticks, now);
    }
}
