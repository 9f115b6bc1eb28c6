namespace Rt1.Link;

/// <summary>Numbers that both ends agree on; docs/protocol.md is the contract.</summary>
public static class LinkProtocol
{
    /// <summary>The version this project speaks. A robot of another version refuses the hello, and says so.</summary>
    public const int Version = 1;

    /// <summary>The largest control message, bytes; libzmq drops a peer that sends a larger one.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    /// <summary>The largest frame message, bytes: 4096 × 4096 raw pixels and a header.</summary>
    public const int MaxFrameBytes = 64 * 1024 * 1024;

    /// <summary>Frames queued at either end before new ones are dropped.</summary>
    public const int FrameHighWatermark = 2;

    /// <summary>Lockstep: how far one request may advance the robot's time.</summary>
    public static TimeSpan MaxAdvance { get; } = TimeSpan.FromSeconds(60);

    public static TimeSpan HeartbeatInterval { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A connection that is silent for this long is dropped and made anew.</summary>
    public static TimeSpan HeartbeatTimeout { get; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>A time as it stands in messages: whole microseconds.</summary>
    internal static long ToMicroseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Values beyond <see cref="Furthest"/> become it, so that sums and differences of a few times never overflow.</summary>
    internal static TimeSpan FromMicroseconds(long microseconds) => new(
        Math.Clamp(microseconds, -ToMicroseconds(Furthest), ToMicroseconds(Furthest)) * TimeSpan.TicksPerMicrosecond);

    private static TimeSpan Furthest { get; } = TimeSpan.MaxValue / 8;
}
