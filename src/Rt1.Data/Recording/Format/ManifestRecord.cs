using Rt1.Core;

namespace Rt1.Data;

/// <summary>The content of <see cref="EpisodeFormat.ManifestFile"/>, written before the first step.</summary>
internal sealed record ManifestRecord
{
    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Instruction { get; init; }

    public required string Policy { get; init; }

    public required RobotDescription Robot { get; init; }

    public required double RateHz { get; init; }

    public required long LatencyUs { get; init; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The monotonic clock, on which all times of steps are, when the recording began.</summary>
    public required long StartedAtUs { get; init; }

    /// <summary>The program and version that wrote it.</summary>
    public required string WrittenBy { get; init; }

    public static ManifestRecord From(EpisodeHeader header, TimeSpan clock, string writtenBy) => new()
    {
        Format = EpisodeFormat.Name,
        Version = EpisodeFormat.Version,
        Instruction = header.Instruction,
        Policy = header.Policy,
        Robot = header.Robot,
        RateHz = header.RateHz,
        LatencyUs = EpisodeFormat.ToMicroseconds(header.Latency),
        StartedAt = header.StartedAt,
        StartedAtUs = EpisodeFormat.ToMicroseconds(clock),
        WrittenBy = writtenBy,
    };

    public EpisodeHeader ToHeader() => new()
    {
        Instruction = Instruction,
        Policy = Policy,
        Robot = Robot,
        RateHz = RateHz,
        Latency = EpisodeFormat.FromMicroseconds(LatencyUs),
        StartedAt = StartedAt,
    };
}

/// <summary>The content of <see cref="EpisodeFormat.EndFile"/>, written when the episode is closed; without it the writer was cut off.</summary>
internal sealed record EndRecord
{
    public required EpisodeOutcome Outcome { get; init; }

    public string? Reason { get; init; }

    public required int Steps { get; init; }

    /// <summary>How often the control loop had to wait for the disk.</summary>
    public required int Stalls { get; init; }

    public required long StalledUs { get; init; }
}
