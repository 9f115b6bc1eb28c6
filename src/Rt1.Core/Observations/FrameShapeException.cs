namespace Rt1.Core;

/// <summary>A frame is not of the size that its user asks for.</summary>
public sealed class FrameShapeException(string where, int expectedHeight, int expectedWidth, int height, int width)
    : Rt1Exception($"{where}: expected frames of {expectedHeight}×{expectedWidth} (height × width), got {height}×{width}; " +
        "set the camera's size, or use a policy that was trained at this size.")
{
    public (int Height, int Width) Expected { get; } = (expectedHeight, expectedWidth);

    public (int Height, int Width) Got { get; } = (height, width);
}
