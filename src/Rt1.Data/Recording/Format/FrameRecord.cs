using Rt1.Core;

namespace Rt1.Data;

/// <summary>Where a step's image lies, and when it was taken.</summary>
internal sealed record FrameRecord
{
    /// <summary>Relative to the episode's folder.</summary>
    public required string File { get; init; }

    public required long Sequence { get; init; }

    public required long CapturedAtUs { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>The robot's state measured with the image.</summary>
    public StateRecord? State { get; init; }

    public static FrameRecord From(Frame frame, int index) => new()
    {
        File = EpisodeFormat.FramePath(index),
        Sequence = frame.Sequence,
        CapturedAtUs = EpisodeFormat.ToMicroseconds(frame.CapturedAt),
        Height = frame.Height,
        Width = frame.Width,
        State = frame.State is { } state ? StateRecord.From(state) : null,
    };
}
