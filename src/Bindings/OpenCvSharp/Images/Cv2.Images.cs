using static OpenCvSharp.Native;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>
    /// Scales an image to <paramref name="dsize"/>, or by <paramref name="fx"/> and <paramref name="fy"/> where that is empty.
    /// Linear interpolation takes half-pixel centres and does not antialias.
    /// </summary>
    public static void Resize(
        InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0, InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        Check(rt1cv_resize(src.Handle, dst.Handle, dsize.Width, dsize.Height, fx, fy, (int)interpolation));

    /// <summary>Converts between colour spaces and channel orders.</summary>
    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        Check(rt1cv_cvt_color(src.Handle, dst.Handle, (int)code, dstCn));

    /// <summary>Reads an image file, channels in the order BGR; empty when it is missing or does not decode.</summary>
    public static Mat ImRead(string fileName, ImreadModes flags = ImreadModes.Color)
    {
        Check(rt1cv_imread(fileName, (int)flags, out var handle));
        return new Mat(handle);
    }

    /// <summary>Writes an image file in the format of its extension; false when it cannot be written.</summary>
    public static bool ImWrite(string fileName, Mat img, int[]? prms = null)
    {
        Check(rt1cv_imwrite(fileName, img.Handle, prms ?? [], prms?.Length ?? 0, out var written));
        return written != 0;
    }

    /// <inheritdoc cref="ImWrite(string, Mat, int[])"/>
    public static bool ImWrite(string fileName, Mat img, params ImageEncodingParam[] prms) => ImWrite(fileName, img, Pairs(prms));

    /// <summary>Decodes an image file's bytes, channels in the order BGR; empty when they do not decode.</summary>
    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes flags)
    {
        Check(rt1cv_imdecode(span, span.Length, (int)flags, out var handle));
        return new Mat(handle);
    }

    /// <summary>Encodes an image in the format of <paramref name="ext"/>, e.g. <c>.jpg</c>.</summary>
    public static bool ImEncode(string ext, InputArray img, out byte[] buf, int[]? prms = null)
    {
        Check(rt1cv_imencode(ext, img.Handle, prms ?? [], prms?.Length ?? 0, out var buffer, out var data, out var length, out var encoded));
        using (buffer)
        {
            unsafe
            {
                buf = new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
            }
        }
        return encoded != 0;
    }

    /// <inheritdoc cref="ImEncode(string, InputArray, out byte[], int[])"/>
    public static void ImEncode(string ext, InputArray img, out byte[] buf, params ImageEncodingParam[] prms) =>
        ImEncode(ext, img, out buf, Pairs(prms));

    private static int[] Pairs(ImageEncodingParam[] prms) => [.. prms.SelectMany(p => new[] { (int)p.EncodingId, p.Value })];
}
