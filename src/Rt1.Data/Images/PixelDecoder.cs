using OpenCvSharp;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>
/// Decodes stored images exactly to the size, channels and type of their schema, and to the pixels that TFDS gives: RGB order,
/// no EXIF rotation.
/// </summary>
public static class PixelDecoder
{
    /// <summary>Larger images are refused by their header, before memory is taken.</summary>
    public const long MaxPixels = ImageCodec.DefaultMaxPixels;

    /// <summary>True when the library that decodes JPEGs as TensorFlow does (libturbojpeg) is installed.</summary>
    public static bool HasJpegLibrary => TurboJpeg.IsInstalled;

    /// <param name="where">Whose bytes these are, for the message.</param>
    /// <exception cref="ImageFormatException">Not an image, damaged, too large, or not what the schema says.</exception>
    public static PixelImage Decode(ReadOnlySpan<byte> image, ImageSpec spec, string where)
    {
        var header = Check(image, spec, where);
        return new PixelImage(spec.Type, header.Height, header.Width, spec.Channels,
            header.Format == ImageFormat.Jpeg ? DecodeJpeg(image, header, spec, where) : DecodePng(image, spec, where));
    }

    /// <summary>Checks what the image's header says, without decoding it.</summary>
    /// <inheritdoc cref="Decode"/>
    public static ImageHeader Check(ReadOnlySpan<byte> image, ImageSpec spec, string where)
    {
        var header = ImageHeader.Read(image, where);
        if ((long)header.Width * header.Height > MaxPixels)
            throw new ImageFormatException(where, $"the image has {header.Height}×{header.Width} pixels, more than the {MaxPixels} allowed.");
        if (spec.Height is { } height && height != header.Height || spec.Width is { } width && width != header.Width)
        {
            throw new ImageFormatException(where, $"the image is {header.Height}×{header.Width} (height × width), " +
                $"but its feature says {spec.Height?.ToString() ?? "any"}×{spec.Width?.ToString() ?? "any"}.");
        }
        if (header.Format == ImageFormat.Jpeg && (spec.Type != ElementType.UInt8 || spec.Channels == 4))
            throw new ImageFormatException(where, $"the image is a JPEG, but its feature says {spec.Type.Name()} with {spec.Channels} channel(s).");
        return header;
    }

    private static byte[] DecodeJpeg(ReadOnlySpan<byte> image, ImageHeader header, ImageSpec spec, string where)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(checked(header.Height * header.Width * spec.Channels));
        TurboJpeg.Decode(image, header, spec.Channels, pixels, where);
        return pixels;
    }

    private static byte[] DecodePng(ReadOnlySpan<byte> image, ImageSpec spec, string where)
    {
        using var mat = DecodeMat(image, spec, where);
        var depth = spec.Type == ElementType.UInt16 ? MatType.CV_16U : MatType.CV_8U;
        if (mat.Depth() != depth || mat.Channels() != spec.StoredChannels)
        {
            throw new ImageFormatException(where,
                $"the image is {mat.Type()}, but its feature says {spec.Type.Name()} with {spec.Channels} channel(s).");
        }
        var pixels = GC.AllocateUninitializedArray<byte>(checked(mat.Rows * mat.Cols * mat.ElemSize()));
        using var target = Mat.FromPixelData(mat.Rows, mat.Cols, mat.Type(), pixels);
        if (mat.Channels() == 1)
            mat.CopyTo(target);
        else
            Cv2.CvtColor(mat, target, mat.Channels() == 4 ? ColorConversionCodes.BGRA2RGBA : ColorConversionCodes.BGR2RGB);
        return pixels;
    }

    private static Mat DecodeMat(ReadOnlySpan<byte> image, ImageSpec spec, string where)
    {
        Mat mat;
        try
        {
            mat = Cv2.ImDecode(image, ModeFor(spec));
        }
        catch (OpenCVException e)
        {
            throw new ImageFormatException(where, $"the image does not decode ({e.Message}).");
        }
        if (!mat.Empty())
            return mat;
        mat.Dispose();
        throw new ImageFormatException(where, "the image is damaged and does not decode.");
    }

    private static ImreadModes ModeFor(ImageSpec spec) => spec switch
    {
        { Type: ElementType.UInt8, Channels: 3 } => ImreadModes.Color | ImreadModes.IgnoreOrientation,
        { Type: ElementType.UInt8, Channels: 1 } => ImreadModes.Grayscale | ImreadModes.IgnoreOrientation,
        _ => ImreadModes.Unchanged,
    };
}
