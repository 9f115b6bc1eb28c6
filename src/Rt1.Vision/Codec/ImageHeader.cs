using System.Buffers.Binary;

namespace Rt1.Vision;

/// <summary>The image formats that are read and written.</summary>
public enum ImageFormat
{
    Jpeg,
    Png,
}

/// <summary>What an image's first bytes say, read without decoding it: a hostile file is refused before it costs memory.</summary>
/// <param name="Width">In pixels, before any EXIF rotation.</param>
/// <param name="Height">In pixels, before any EXIF rotation.</param>
public readonly record struct ImageHeader(ImageFormat Format, int Width, int Height)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <summary>Reads the header and checks that the image's end is there too.</summary>
    /// <param name="where">Whose bytes these are, for the message.</param>
    /// <exception cref="ImageFormatException">Neither JPEG nor PNG, damaged, or cut off.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> image, string where)
    {
        if (image.StartsWith(PngSignature))
            return ReadPng(image, where);
        if (image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return ReadJpeg(image, where);
        throw new ImageFormatException(where, image.IsEmpty
            ? "expected a JPEG or PNG image, got no bytes."
            : $"expected a JPEG or PNG image, got {image.Length} bytes that start with {Convert.ToHexString(image[..Math.Min(4, image.Length)])}.");
    }

    private static ImageHeader ReadPng(ReadOnlySpan<byte> image, string where)
    {
        if (image.Length < 24 || !image[12..16].SequenceEqual("IHDR"u8))
            throw new ImageFormatException(where, "the PNG image's header is damaged.");
        if (image.LastIndexOf("IEND"u8) < 0)
            throw new ImageFormatException(where, $"the PNG image is cut off after {image.Length} bytes.");
        var width = BinaryPrimitives.ReadUInt32BigEndian(image[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(image[20..]);
        return width is 0 or > int.MaxValue || height is 0 or > int.MaxValue
            ? throw new ImageFormatException(where, $"the PNG image's header claims {width}×{height} pixels.")
            : new ImageHeader(ImageFormat.Png, (int)width, (int)height);
    }

    /// <summary>Walks the marker segments up to the start of frame (SOF), which holds the size.</summary>
    private static ImageHeader ReadJpeg(ReadOnlySpan<byte> image, string where)
    {
        var at = 2;
        while (at + 4 <= image.Length && image[at] == 0xFF)
        {
            var marker = image[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
            if (IsStartOfFrame(marker) && at + 9 <= image.Length)
            {
                var height = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 5)..]);
                var width = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 7)..]);
                if (width == 0 || height == 0)
                    throw new ImageFormatException(where, $"the JPEG image's header claims {width}×{height} pixels.");
                if (image.LastIndexOf(JpegEnd) < at)
                    throw new ImageFormatException(where, $"the JPEG image is cut off after {image.Length} bytes.");
                return new ImageHeader(ImageFormat.Jpeg, width, height);
            }
            at += 2 + length;
        }
        throw new ImageFormatException(where, "the JPEG image's header is damaged or cut off.");
    }

    // SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC), which lie between them.
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
