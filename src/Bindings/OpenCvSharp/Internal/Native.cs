using System.Reflection;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>The native side: loading it, and turning its errors into exceptions.</summary>
internal static partial class Native
{
    private const string Library = "rt1_opencv";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);

    /// <exception cref="OpenCVException">The call that returned <paramref name="status"/> failed; the message is OpenCV's.</exception>
    internal static void Check(int status)
    {
        if (status == 0)
            return;
        rt1cv_last_error(out var code, out var line, out var message, out var function, out var file);
        throw new OpenCVException((ErrorCode)code, Text(function), Text(message), Text(file), line);
    }

    /// <summary>A native UTF-8 string that the native side owns.</summary>
    internal static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        try
        {
            return NativeLibrary.Load(name, assembly, path);
        }
        catch (DllNotFoundException cause)
        {
            throw new DllNotFoundException(
                $"OpenCV: lib{Library}.so, or an OpenCV 4 library that it needs, cannot be loaded; install the Debian package 'libopencv-dev'.", cause);
        }
    }

    [LibraryImport(Library)]
    private static partial void rt1cv_last_error(out int code, out int line, out nint message, out nint function, out nint file);

    [LibraryImport(Library)]
    internal static partial nint rt1cv_version();

    [LibraryImport(Library)]
    internal static partial nint rt1cv_build_information();

    [LibraryImport(Library)]
    internal static partial int rt1cv_get_log_level();

    [LibraryImport(Library)]
    internal static partial int rt1cv_set_log_level(int level);

    [LibraryImport(Library)]
    internal static partial int rt1cv_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int rt1cv_set_num_threads(int count);
}
