using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// Where a policy looked, as a row of small pictures, one for each image token: the camera image darkened, and bright where the token's
/// weights are. Each map is stretched to its own largest weight.
/// </summary>
internal static class AttentionStrip
{
    private const int Gap = 2;
    private const double Dark = 0.3;

    /// <summary>Pixels that the strip is high.</summary>
    public static int HeightFor(Frame image, AttentionMaps maps, int width) => PictureWidth(maps, width) * image.Height / image.Width + 2 * Gap;

    /// <param name="canvas">RGB; the strip takes its full width.</param>
    /// <param name="top">The strip's first row.</param>
    public static void Draw(Mat canvas, int top, Frame image, AttentionMaps maps)
    {
        var size = new Size(PictureWidth(maps, canvas.Cols), HeightFor(image, maps, canvas.Cols) - 2 * Gap);
        using var source = image.ToRgb();
        using var picture = new Mat();
        Cv2.Resize(source, picture, size, interpolation: InterpolationFlags.Area);
        for (var token = 0; token < maps.Count; token++)
        {
            using var target = new Mat(canvas, new Rect(Gap + token * (size.Width + Gap), top + Gap, size.Width, size.Height));
            using var lit = Light(picture, Weights(maps, token, size));
            lit.CopyTo(target);
        }
    }

    private static int PictureWidth(AttentionMaps maps, int width) => Math.Max(1, (width - Gap) / maps.Count - Gap);

    /// <summary>A token's weights at the picture's size, row by row, the largest at 1.</summary>
    private static float[] Weights(AttentionMaps maps, int token, Size size)
    {
        var (cells, weights) = (maps.Map(token).ToArray(), new float[size.Height * size.Width]);
        var largest = Math.Max(cells.Max(), float.Epsilon);
        for (var i = 0; i < weights.Length; i++)
        {
            var (row, column) = (i / size.Width * maps.Height / size.Height, i % size.Width * maps.Width / size.Width);
            weights[i] = cells[row * maps.Width + column] / largest;
        }
        return weights;
    }

    private static Mat Light(Mat picture, float[] weights)
    {
        var pixels = new byte[picture.Rows * picture.Cols * 3];
        using (var copy = Mat.FromPixelData(picture.Rows, picture.Cols, MatType.CV_8UC3, pixels))
            picture.CopyTo(copy);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(pixels[i] * (Dark + (1 - Dark) * weights[i / 3]));
        var lit = new Mat();
        using (var source = Mat.FromPixelData(picture.Rows, picture.Cols, MatType.CV_8UC3, pixels))
            source.CopyTo(lit);
        return lit;
    }
}
