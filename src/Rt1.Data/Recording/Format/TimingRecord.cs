using Rt1.Core;

namespace Rt1.Data;

/// <summary>A step's <see cref="StepTiming"/> in microseconds.</summary>
internal sealed record TimingRecord
{
    public required long DueUs { get; init; }

    public required long FrameAgeUs { get; init; }

    public required long DecideUs { get; init; }

    public required long LatencyUs { get; init; }

    public required long RoundTripUs { get; init; }

    public static TimingRecord From(StepTiming timing) => new()
    {
        DueUs = EpisodeFormat.ToMicroseconds(timing.Due),
        FrameAgeUs = EpisodeFormat.ToMicroseconds(timing.FrameAge),
        DecideUs = EpisodeFormat.ToMicroseconds(timing.Decide),
        LatencyUs = EpisodeFormat.ToMicroseconds(timing.Latency),
        RoundTripUs = EpisodeFormat.ToMicroseconds(timing.RoundTrip),
    };

    public StepTiming ToTiming() => new(
        EpisodeFormat.FromMicroseconds(DueUs),
        EpisodeFormat.FromMicroseconds(FrameAgeUs),
        EpisodeFormat.FromMicroseconds(DecideUs),
        EpisodeFormat.FromMicroseconds(LatencyUs),
        EpisodeFormat.FromMicroseconds(RoundTripUs));
}
