namespace Rt1.Bindings.Zmq;

/// <summary>The end of a wait on the system's monotonic clock; a negative time to wait never ends.</summary>
internal readonly struct Deadline(TimeSpan timeout)
{
    private readonly long _at = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);

    public bool IsOver => _at <= Environment.TickCount64;

    /// <summary>As zmq_poll wants it: −1 waits without limit.</summary>
    public nint RemainingMilliseconds =>
        _at == long.MaxValue ? -1 : (nint)Math.Clamp(_at - Environment.TickCount64, 0, int.MaxValue);
}
