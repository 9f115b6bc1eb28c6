using System.Runtime.InteropServices;

namespace OpenCvSharp;

internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int rt1cv_resize(MatHandle src, MatHandle dst, int width, int height, double fx, double fy, int interpolation);

    [LibraryImport(Library)]
    internal static partial int rt1cv_cvt_color(MatHandle src, MatHandle dst, int code, int channels);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_imread(string path, int flags, out MatHandle image);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_imwrite(string path, MatHandle image, int[] values, int count, out int written);

    [LibraryImport(Library)]
    internal static partial int rt1cv_imdecode(ReadOnlySpan<byte> bytes, int length, int flags, out MatHandle image);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_imencode(
        string extension, MatHandle image, int[] values, int count, out BufferHandle buffer, out nint data, out long length, out int encoded);

    [LibraryImport(Library)]
    internal static partial void rt1cv_buffer_delete(nint buffer);

    [LibraryImport(Library)]
    internal static partial int rt1cv_line(MatHandle image, int x1, int y1, int x2, int y2, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int rt1cv_arrowed_line(
        MatHandle image, int x1, int y1, int x2, int y2, in Scalar color, int thickness, int type, int shift, double tipLength);

    [LibraryImport(Library)]
    internal static partial int rt1cv_rectangle(
        MatHandle image, int x1, int y1, int x2, int y2, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int rt1cv_rectangle_rect(
        MatHandle image, int x, int y, int width, int height, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library)]
    internal static partial int rt1cv_circle(MatHandle image, int x, int y, int radius, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_put_text(
        MatHandle image, string text, int x, int y, int font, double scale, in Scalar color, int thickness, int type, int bottomLeftOrigin);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_get_text_size(
        string text, int font, double scale, int thickness, out int width, out int height, out int baseLine);
}
