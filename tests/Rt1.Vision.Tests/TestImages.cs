using Rt1.Core;

namespace Rt1.Vision.Tests;

/// <summary>Frames with known content.</summary>
internal static class TestImages
{
    /// <summary>Every pixel of one colour.</summary>
    public static Frame Plain(byte red, byte green, byte blue, int height = 48, int width = 64)
    {
        var pixels = new byte[height * width * 3];
        for (var i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        return new Frame { Height = height, Width = width, Pixels = pixels };
    }

    /// <summary>Red grows to the right, green downwards.</summary>
    public static Frame Gradient(int height = 48, int width = 64)
    {
        var pixels = new byte[height * width * 3];
        for (var i = 0; i < height * width; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = ((byte)(i % width * 255 / width), (byte)(i / width * 255 / height), 60);
        return new Frame { Height = height, Width = width, Pixels = pixels };
    }

    /// <summary>The first pixel's red, as a video's or JPEG's frame number survives in it.</summary>
    public static int Red(this Frame frame) => frame.Pixels[0];
}
