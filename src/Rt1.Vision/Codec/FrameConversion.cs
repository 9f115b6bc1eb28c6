using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>Between frames (managed, RGB) and OpenCV's images (native, BGR).</summary>
internal static class FrameConversion
{
    /// <summary>A frame with a copy of the image's pixels.</summary>
    public static Frame ToFrame(this Mat bgr, TimeSpan capturedAt, long sequence)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(bgr.Rows * bgr.Cols * 3);
        using var rgb = Mat.FromPixelData(bgr.Rows, bgr.Cols, MatType.CV_8UC3, pixels);
        Cv2.CvtColor(bgr, rgb, ColorConversionCodes.BGR2RGB);
        return new Frame { Width = bgr.Cols, Height = bgr.Rows, Pixels = pixels, CapturedAt = capturedAt, Sequence = sequence };
    }

    /// <summary>A BGR copy of the frame.</summary>
    /// <exception cref="ArgumentException">The frame has no pixels, or not as many as its size says.</exception>
    public static Mat ToBgr(this Frame frame)
    {
        using var rgb = frame.ToRgb();
        var bgr = new Mat();
        Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
        return bgr;
    }

    /// <summary>The frame's own pixels as a matrix; the frame must outlive it.</summary>
    /// <exception cref="ArgumentException">The frame has no pixels, or not as many as its size says.</exception>
    public static Mat ToRgb(this Frame frame)
    {
        if (frame.Width < 1 || frame.Height < 1 || frame.Pixels.Length != (long)frame.Width * frame.Height * 3)
        {
            throw new ArgumentException(
                $"a frame of {frame.Height}×{frame.Width} (height × width) needs {(long)frame.Width * frame.Height * 3} bytes, " +
                $"got {frame.Pixels.Length}.", nameof(frame));
        }
        return Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels);
    }
}
