namespace Rt1.Core;

/// <summary>One camera image.</summary>
public sealed record Frame
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>RGB bytes, row by row: Height × Width × 3.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>When the image was taken, on the monotonic clock of the process that holds this object.</summary>
    public TimeSpan CapturedAt { get; init; }

    /// <summary>Counts the camera's frames from its start.</summary>
    public long Sequence { get; init; }

    /// <summary>The robot's state measured with the image; null where the camera knows of no robot.</summary>
    public RobotState? State { get; init; }

    /// <summary>The JPEG that the pixels were decoded from, where there was one: recorders store it as it came.</summary>
    public ReadOnlyMemory<byte>? Jpeg { get; init; }
}
