using System.Runtime.InteropServices;

namespace OpenCvSharp;

internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_new(out CaptureHandle capture);

    [LibraryImport(Library)]
    internal static partial void rt1cv_capture_delete(nint capture);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_capture_open_file(CaptureHandle capture, string name, int api, int[] values, int count, out int opened);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_open_device(CaptureHandle capture, int index, int api, int[] values, int count, out int opened);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_is_opened(CaptureHandle capture);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_release(CaptureHandle capture);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_grab(CaptureHandle capture, out int grabbed);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_retrieve(CaptureHandle capture, MatHandle image, int flag, out int retrieved);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_read(CaptureHandle capture, MatHandle image, out int got);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_get(CaptureHandle capture, int property, out double value);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_set(CaptureHandle capture, int property, double value, out int accepted);

    [LibraryImport(Library)]
    internal static partial int rt1cv_capture_backend(CaptureHandle capture, out nint name);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_new(out WriterHandle writer);

    [LibraryImport(Library)]
    internal static partial void rt1cv_writer_delete(nint writer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1cv_writer_open(
        WriterHandle writer, string name, int api, int fourcc, double fps, int width, int height, int isColor, out int opened);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_is_opened(WriterHandle writer);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_release(WriterHandle writer);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_write(WriterHandle writer, MatHandle image);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_get(WriterHandle writer, int property, out double value);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_set(WriterHandle writer, int property, double value, out int accepted);

    [LibraryImport(Library)]
    internal static partial int rt1cv_writer_backend(WriterHandle writer, out nint name);
}
