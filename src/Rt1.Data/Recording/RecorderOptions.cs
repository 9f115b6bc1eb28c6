using System.ComponentModel.DataAnnotations;

namespace Rt1.Data;

/// <summary>Where and how episodes are recorded.</summary>
public sealed record RecorderOptions
{
    /// <summary>The folder that gets one folder for each episode; it is created when missing.</summary>
    public string Folder { get; init; } = "recordings";

    /// <summary>Quality of JPEGs that the recorder encodes, 0 to 100; a frame that came as JPEG is stored as it came.</summary>
    [Range(0, 100)]
    public int JpegQuality { get; init; } = 95;

    /// <summary>Steps that may wait in memory for the disk.</summary>
    [Range(1, 1_000)]
    public int QueueCapacity { get; init; } = 32;

    /// <summary>How long the control loop waits when the queue is full, before the recording, and with it the episode, fails.</summary>
    [Range(0, 60_000)]
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(5);
}
