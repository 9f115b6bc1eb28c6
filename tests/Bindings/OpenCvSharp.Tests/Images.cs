using Rt1.Testing;

namespace OpenCvSharp.Tests;

public class Images
{
    private static Mat Gradient(int rows = 48, int cols = 64)
    {
        var mat = new Mat(rows, cols, MatType.CV_8UC3);
        for (var y = 0; y < rows; y++)
        {
            var row = mat.RowSpan<byte>(y);
            for (var x = 0; x < cols; x++)
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = ((byte)(x * 3), (byte)(y * 4), (byte)(x + y));
        }
        return mat;
    }

    [Fact]
    public void ImEncode_PngAndBack_IsTheSameImage()
    {
        using var image = Gradient();
        Assert.True(Cv2.ImEncode(".png", image, out var bytes));
        using var back = Cv2.ImDecode(bytes, ImreadModes.Color);
        Assert.Equal(image.AsSpan<byte>(), back.AsSpan<byte>());
    }

    [Fact]
    public void ImEncode_JpegQuality_TradesSizeForError()
    {
        using var image = Gradient();
        Cv2.ImEncode(".jpg", image, out var coarse, new ImageEncodingParam(ImwriteFlags.JpegQuality, 10));
        Cv2.ImEncode(".jpg", image, out var fine, new ImageEncodingParam(ImwriteFlags.JpegQuality, 98));
        Assert.True(coarse.Length < fine.Length);
        Assert.InRange(MeanError(image, fine), 0, 2);
        Assert.InRange(MeanError(image, coarse), MeanError(image, fine), 20);
    }

    private static double MeanError(Mat image, byte[] encoded)
    {
        using var decoded = Cv2.ImDecode(encoded, ImreadModes.Color);
        var a = image.AsSpan<byte>();
        var b = decoded.AsSpan<byte>();
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    [Fact]
    public void ImWrite_ThenImRead_IsTheSameImage()
    {
        using var folder = new TemporaryFolder();
        using var image = Gradient();
        Assert.True(Cv2.ImWrite(folder["ä image.png"], image));
        using var back = Cv2.ImRead(folder["ä image.png"]);
        Assert.Equal(new Size(64, 48), back.Size());
        Assert.Equal(image.AsSpan<byte>(), back.AsSpan<byte>());
        using var grey = Cv2.ImRead(folder["ä image.png"], ImreadModes.Grayscale);
        Assert.Equal(MatType.CV_8UC1, grey.Type());
    }

    [Fact]
    public void ImRead_MissingOrBrokenFile_IsEmpty()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["broken.png"], "not an image");
        using var missing = Cv2.ImRead(folder["missing.png"]);
        using var broken = Cv2.ImRead(folder["broken.png"]);
        Assert.True(missing.Empty());
        Assert.True(broken.Empty());
    }

    [Fact]
    public void ImEncode_UnknownExtension_ThrowsWithOpenCvsMessage()
    {
        using var image = Gradient();
        var e = Assert.Throws<OpenCVException>(() => Cv2.ImEncode(".nothing", image, out _));
        Assert.Contains("could not find encoder", e.Message);
        Assert.NotEqual(ErrorCode.StsOk, e.Status);
        Assert.Contains("imencode", e.FuncName, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(0, e.Line);
    }

    /// <summary>
    /// Half-pixel centres: output x samples input at (x + ½)/2 − ½ = −0.25, 0.25, 0.75, 1.25, clamped at the borders.
    /// Between 0 and 8 these are 0, 2, 6, 8.
    /// </summary>
    [Fact]
    public void Resize_LinearUpOfTwoPixels_TakesHalfPixelCentres()
    {
        using var row = Mat.FromPixelData(1, 2, MatType.CV_32FC1, new float[] { 0, 8 });
        using var wide = new Mat();
        Cv2.Resize(row, wide, new Size(4, 1));
        Assert.Equal([0, 2, 6, 8], wide.AsSpan<float>().ToArray());
    }

    /// <summary>From six to two: samples at 1 and 4, no averaging over what lies between.</summary>
    [Fact]
    public void Resize_LinearDown_DoesNotAntialias()
    {
        using var row = Mat.FromPixelData(1, 6, MatType.CV_32FC1, new float[] { 9, 1, 9, 9, 5, 9 });
        using var narrow = new Mat();
        Cv2.Resize(row, narrow, new Size(2, 1), interpolation: InterpolationFlags.Linear);
        Assert.Equal([1, 5], narrow.AsSpan<float>().ToArray());
    }

    [Fact]
    public void CvtColor_BgrToRgb_SwapsAndGreyWeighs()
    {
        using var bgr = new Mat(1, 1, MatType.CV_8UC3, new Scalar(10, 20, 30));
        using var rgb = new Mat();
        Cv2.CvtColor(bgr, rgb, ColorConversionCodes.BGR2RGB);
        Assert.Equal([30, 20, 10], rgb.AsSpan<byte>().ToArray());
        using var grey = new Mat();
        Cv2.CvtColor(bgr, grey, ColorConversionCodes.BGR2GRAY);
        Assert.Equal(22, grey.At<byte>(0, 0)); // 0.114·10 + 0.587·20 + 0.299·30 = 21.85
    }

    [Fact]
    public void CvtColor_WrongChannels_ThrowsWithOpenCvsMessage()
    {
        using var grey = new Mat(2, 2, MatType.CV_8UC1, Scalar.All(0));
        using var result = new Mat();
        var e = Assert.Throws<OpenCVException>(() => Cv2.CvtColor(grey, result, ColorConversionCodes.BGR2HSV));
        Assert.Contains("channels", e.Message);
    }

    [Fact]
    public void Drawing_EveryShape_LeavesItsColour()
    {
        using var image = new Mat(100, 200, MatType.CV_8UC3, Scalar.All(0));
        Cv2.Rectangle(image, new Rect(10, 10, 20, 20), new Scalar(1, 2, 3), -1);
        Cv2.Rectangle(image, new Point(40, 10), new Point(60, 30), new Scalar(4, 5, 6), 1);
        Cv2.Line(image, new Point(0, 90), new Point(199, 90), new Scalar(7, 8, 9));
        Cv2.Circle(image, new Point(100, 50), 10, new Scalar(10, 11, 12), -1);
        Cv2.ArrowedLine(image, new Point(120, 50), new Point(160, 50), new Scalar(13, 14, 15));
        AssertColour(1, 2, 3, image, 20, 20);
        AssertColour(4, 5, 6, image, 10, 50);
        AssertColour(0, 0, 0, image, 20, 50);
        AssertColour(7, 8, 9, image, 90, 150);
        AssertColour(10, 11, 12, image, 50, 100);
        AssertColour(13, 14, 15, image, 50, 140);

        var size = Cv2.GetTextSize("rt1", HersheyFonts.HersheySimplex, 1, 2, out var baseLine);
        Assert.True(size.Width > 20 && size.Height > 10 && baseLine > 0);
        using var text = new Mat(40, 120, MatType.CV_8UC1, Scalar.All(0));
        Cv2.PutText(text, "rt1", new Point(5, 30), HersheyFonts.HersheySimplex, 1, Scalar.All(255), 2);
        Assert.Contains((byte)255, text.AsSpan<byte>().ToArray());
    }

    private static void AssertColour(byte blue, byte green, byte red, Mat image, int y, int x) =>
        Assert.Equal([blue, green, red], image.RowSpan<byte>(y).Slice(3 * x, 3).ToArray());
}
