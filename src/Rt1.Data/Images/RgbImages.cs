using System.Buffers;
using OpenCvSharp;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Decodes colour images straight into a batch, resized where they are of another size.</summary>
public static class RgbImages
{
    /// <param name="target">Takes height × width × 3 bytes, RGB, row by row.</param>
    /// <exception cref="ImageFormatException">The image does not decode, or is not one of 8-bit colour.</exception>
    public static void Decode(ImageValue image, int height, int width, Span<byte> target)
    {
        if (image is not StoredImage { Spec: { Type: ElementType.UInt8, Channels: 3 } } stored)
        {
            var decoded = image.Decode();
            if (decoded is not { Type: ElementType.UInt8, Channels: 3 })
                throw new ImageFormatException("image", $"expected 8-bit RGB, got {decoded.Type.Name()} with {decoded.Channels} channel(s).");
            Resize(decoded.Pixels, decoded.Height, decoded.Width, height, width, target);
            return;
        }
        var header = PixelDecoder.Check(stored.Bytes.Span, stored.Spec, stored.Where);
        if (header.Format != ImageFormat.Jpeg)
        {
            Resize(stored.Decode().Pixels, header.Height, header.Width, height, width, target);
            return;
        }
        if ((header.Height, header.Width) == (height, width))
        {
            TurboJpeg.Decode(stored.Bytes.Span, header, 3, target, stored.Where);
            return;
        }
        var scratch = ArrayPool<byte>.Shared.Rent(checked(header.Height * header.Width * 3));
        try
        {
            TurboJpeg.Decode(stored.Bytes.Span, header, 3, scratch, stored.Where);
            Resize(scratch, header.Height, header.Width, height, width, target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    // Bilinear with half-pixel centres and no antialias, as the reference resizes.
    private static unsafe void Resize(ReadOnlySpan<byte> pixels, int height, int width, int toHeight, int toWidth, Span<byte> target)
    {
        if ((height, width) == (toHeight, toWidth))
        {
            pixels[..(height * width * 3)].CopyTo(target);
            return;
        }
        fixed (byte* from = pixels, to = target)
        {
            using var source = Mat.FromPixelData(height, width, MatType.CV_8UC3, (nint)from);
            using var resized = Mat.FromPixelData(toHeight, toWidth, MatType.CV_8UC3, (nint)to);
            Cv2.Resize(source, resized, new Size(toWidth, toHeight), 0, 0, InterpolationFlags.Linear);
        }
    }
}
