using Rt1.Core;

namespace Rt1.Vision;

/// <summary>A camera, file or stream does not open, or stopped giving frames; <see cref="FrameSource"/> names it.</summary>
public sealed class FrameSourceException(string source, string problem) : Rt1Exception($"{source}: {problem}")
{
    /// <summary>Which one, e.g. <c>camera '/dev/video0'</c>.</summary>
    public string FrameSource { get; } = source;
}
