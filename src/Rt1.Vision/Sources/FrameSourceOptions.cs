using System.ComponentModel.DataAnnotations;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>What is asked of a frame source.</summary>
public sealed record FrameSourceOptions
{
    /// <summary>Frames must have this height, pixels; a camera is asked for it. Null takes any.</summary>
    [Range(1, 4096)]
    public int? Height { get; init; }

    /// <summary>Frames must have this width, pixels; a camera is asked for it. Null takes any.</summary>
    [Range(1, 4096)]
    public int? Width { get; init; }

    /// <summary>
    /// Frames a second: a camera is asked for it; of a video file, which has a rate of its own, so many frames a second are taken.
    /// Null leaves the camera's rate, and takes every frame of a file. An image folder gives one image a step, and ignores it.
    /// </summary>
    [Range(0, 1_000, MinimumIsExclusive = true)]
    public double? RateHz { get; init; }

    /// <summary>How long a camera's or stream's image was under way when it arrives; its capture time is set back by this.</summary>
    [Range(0, 10_000)]
    public TimeSpan Delay { get; init; }

    /// <summary>How long a stream may take to open, and to give a frame.</summary>
    [Range(100, 60_000)]
    public TimeSpan StreamTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="FrameShapeException">The frame is not of the size asked for.</exception>
    internal void CheckShape(Frame frame, string where)
    {
        var (height, width) = (Height ?? frame.Height, Width ?? frame.Width);
        if ((height, width) != (frame.Height, frame.Width))
            throw new FrameShapeException(where, height, width, frame.Height, frame.Width);
    }
}
