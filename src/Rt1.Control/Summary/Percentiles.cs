namespace Rt1.Control;

/// <summary>How durations spread: by nearest rank, so that each is one that was measured.</summary>
public sealed record Percentiles(TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <summary>Null when nothing was measured.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted.Length == 0 ? null : new(At(0.50), At(0.95), At(0.99));

        TimeSpan At(double fraction) => sorted[(int)Math.Ceiling(fraction * sorted.Length) - 1];
    }
}
