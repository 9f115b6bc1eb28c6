using Rt1.Core;

namespace Rt1.Data;

/// <summary>One line of <see cref="EpisodeFormat.StepsFile"/>: all of a step but the image's pixels.</summary>
internal sealed record StepRecord
{
    public required int Index { get; init; }

    public required StepStatus Status { get; init; }

    public string? Reason { get; init; }

    public FrameRecord? Frame { get; init; }

    public StateRecord? State { get; init; }

    public int[]? Tokens { get; init; }

    /// <summary>What the policy decided.</summary>
    public ActionRecord? Action { get; init; }

    /// <summary>What the robot said it applies.</summary>
    public ActionRecord? Applied { get; init; }

    public required TimingRecord Timing { get; init; }

    public static StepRecord From(EpisodeStep step) => new()
    {
        Index = step.Index,
        Status = step.Status,
        Reason = step.Reason,
        Frame = step.Observation is { } seen ? FrameRecord.From(seen.Image, step.Index) : null,
        State = step.Observation?.State is { } state ? StateRecord.From(state) : null,
        Tokens = step.Decision is { } decision ? [.. decision.Tokens] : null,
        Action = step.Decision is { } decided ? ActionRecord.From(decided.Action) : null,
        Applied = step.Applied is { } applied ? ActionRecord.From(applied) : null,
        Timing = TimingRecord.From(step.Timing),
    };

    /// <param name="image">The decoded image; null when the step has none.</param>
    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    public EpisodeStep ToStep(Frame? image) => new()
    {
        Index = Index,
        Status = Status,
        Reason = Reason,
        Observation = image is null ? null : new Observation { Image = image, State = State?.ToState() },
        Decision = Action is null ? null : new PolicyDecision { Tokens = Tokens ?? [], Action = Action.ToAction() },
        Applied = Applied?.ToAction(),
        Timing = Timing.ToTiming(),
    };
}

/// <summary>Where a step's image lies, and when it was taken.</summary>
internal sealed record FrameRecord
{
    /// <summary>Relative to the episode's folder.</summary>
    public required string File { get; init; }

    public required long Sequence { get; init; }

    public required long CapturedAtUs { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public static FrameRecord From(Frame frame, int index) => new()
    {
        File = EpisodeFormat.FramePath(index),
        Sequence = frame.Sequence,
        CapturedAtUs = EpisodeFormat.ToMicroseconds(frame.CapturedAt),
        Height = frame.Height,
        Width = frame.Width,
    };
}

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
