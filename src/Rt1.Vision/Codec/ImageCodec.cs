using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>JPEG and PNG to frames and back. Frames are RGB; OpenCV's order, BGR, does not leave this project.</summary>
public static class ImageCodec
{
    /// <summary>Larger images are refused by their header, before memory is taken: 4096 × 4096.</summary>
    public const long DefaultMaxPixels = 1 << 24;

    /// <summary>Quality of JPEGs, 0 to 100.</summary>
    public const int DefaultJpegQuality = 95;

    /// <summary>Decodes a JPEG or PNG; grey becomes RGB, alpha is dropped, an EXIF rotation is applied.</summary>
    /// <param name="image">The file's bytes. A JPEG's are kept in <see cref="Frame.Jpeg"/>, not copied.</param>
    /// <param name="where">Whose bytes these are, e.g. a path, for the message.</param>
    /// <param name="capturedAt">When it was taken, monotonic clock.</param>
    /// <exception cref="ImageFormatException">Not an image, damaged, cut off, or of more than <paramref name="maxPixels"/>.</exception>
    public static Frame Decode(
        ReadOnlyMemory<byte> image, string where, TimeSpan capturedAt = default, long sequence = 0, long maxPixels = DefaultMaxPixels)
    {
        var header = ImageHeader.Read(image.Span, where);
        if ((long)header.Width * header.Height > maxPixels)
            throw new ImageFormatException(where, $"the image has {header.Width}×{header.Height} pixels, more than the {maxPixels} allowed.");
        using var bgr = DecodeBgr(image.Span, where);
        var frame = bgr.ToFrame(capturedAt, sequence);
        return header.Format == ImageFormat.Jpeg ? frame with { Jpeg = image } : frame;
    }

    /// <summary>Reads an image file.</summary>
    /// <exception cref="Rt1Exception">The file is missing or cannot be read.</exception>
    /// <inheritdoc cref="Decode"/>
    public static Frame Read(string path, TimeSpan capturedAt = default, long sequence = 0, long maxPixels = DefaultMaxPixels)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), path, capturedAt, sequence, maxPixels);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Rt1Exception($"{path}: the image cannot be read ({e.Message})", e);
        }
    }

    /// <summary>The frame as a JPEG file's bytes: those it came with, or newly encoded ones.</summary>
    public static ReadOnlyMemory<byte> ToJpeg(Frame frame, int quality = DefaultJpegQuality) => frame.Jpeg ?? EncodeJpeg(frame, quality);

    /// <summary>Encodes the frame's pixels as JPEG.</summary>
    /// <exception cref="ArgumentException">The frame has no pixels, or not as many as its size says.</exception>
    public static byte[] EncodeJpeg(Frame frame, int quality = DefaultJpegQuality) =>
        Encode(frame, ".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));

    /// <summary>Encodes the frame's pixels as PNG, without loss.</summary>
    /// <exception cref="ArgumentException">The frame has no pixels, or not as many as its size says.</exception>
    public static byte[] EncodePng(Frame frame) => Encode(frame, ".png");

    private static byte[] Encode(Frame frame, string extension, params ImageEncodingParam[] settings)
    {
        using var bgr = frame.ToBgr();
        Cv2.ImEncode(extension, bgr, out var bytes, settings);
        return bytes;
    }

    private static Mat DecodeBgr(ReadOnlySpan<byte> image, string where)
    {
        Mat bgr;
        try
        {
            bgr = Cv2.ImDecode(image, ImreadModes.Color);
        }
        catch (OpenCVException e)
        {
            throw new ImageFormatException(where, $"the image does not decode ({e.Message}).");
        }
        if (!bgr.Empty())
            return bgr;
        bgr.Dispose();
        throw new ImageFormatException(where, "the image is damaged and does not decode.");
    }
}
