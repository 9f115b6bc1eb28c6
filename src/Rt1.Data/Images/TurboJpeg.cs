using System.Runtime.InteropServices;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>
/// Decodes JPEGs through libjpeg-turbo with its fast integer transform. That is how TensorFlow, and so the reference, decodes training
/// images: the pixels come out identical. OpenCV's accurate transform differs by about one grey level in the mean.
/// </summary>
internal static partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int PixelFormatRgb = 0;
    private const int PixelFormatGray = 6;
    private const int FlagFastTransform = 2048;
    private const int FlagStopOnWarning = 8192;

    /// <summary>True when the library is installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(Library, typeof(TurboJpeg).Assembly, null, out _);

    /// <param name="target">Takes Height × Width × channels bytes, RGB or grey, row by row.</param>
    /// <exception cref="ImageFormatException">The image is damaged: what libjpeg only warns of is refused too.</exception>
    /// <exception cref="Rt1Exception">The library is not installed.</exception>
    public static unsafe void Decode(ReadOnlySpan<byte> jpeg, ImageHeader header, int channels, Span<byte> target, string where)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, checked(header.Height * header.Width * channels));
        var decoder = Create();
        try
        {
            fixed (byte* from = jpeg, to = target)
            {
                var status = tjDecompress2(decoder, from, new CULong((uint)jpeg.Length), to, header.Width, header.Width * channels,
                    header.Height, channels == 1 ? PixelFormatGray : PixelFormatRgb, FlagFastTransform | FlagStopOnWarning);
                if (status != 0)
                    throw new ImageFormatException(where, $"the JPEG image is damaged ({Marshal.PtrToStringUTF8(tjGetErrorStr2(decoder))}).");
            }
        }
        finally
        {
            _ = tjDestroy(decoder);
        }
    }

    private static nint Create()
    {
        try
        {
            return tjInitDecompress();
        }
        catch (DllNotFoundException e)
        {
            throw new Rt1Exception($"{Library} is missing; install libturbojpeg0 (Debian).", e);
        }
    }

    [LibraryImport(Library)]
    private static partial nint tjInitDecompress();

    [LibraryImport(Library)]
    private static unsafe partial int tjDecompress2(
        nint handle, byte* source, CULong size, byte* target, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library)]
    private static partial nint tjGetErrorStr2(nint handle);

    [LibraryImport(Library)]
    private static partial int tjDestroy(nint handle);
}
