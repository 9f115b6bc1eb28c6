using System.Reflection;
using System.Runtime.InteropServices;

namespace OneDnn;

/// <summary>The functions of native/onednn.cpp.</summary>
internal static unsafe partial class Native
{
    private const string Library = "rt1_onednn";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);

    [LibraryImport(Library)]
    public static partial byte* rt1_onednn_error();

    [LibraryImport(Library)]
    public static partial void rt1_onednn_version(out int major, out int minor, out int patch);

    [LibraryImport(Library)]
    public static partial int rt1_onednn_convolution(
        int height, int width, int input, int output, int kernel, int stride, int groups, int padBefore, int padAfter,
        NativeFusion fusion, float* weights, float* bias, out nint result);

    [LibraryImport(Library)]
    public static partial int rt1_onednn_linear(int rows, int input, int output, NativeFusion fusion, float* weights, float* bias, out nint result);

    [LibraryImport(Library)]
    public static partial int rt1_onednn_modulate(nint primitive, float* scale, float* shift);

    [LibraryImport(Library)]
    public static partial int rt1_onednn_run(nint primitive, float* source, float* target);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_free(nint primitive);

    [LibraryImport(Library)]
    public static partial int rt1_onednn_attention(
        int queries, int rows, int heads, int width, int queryStride, int keyValueStride, float* mask, out nint result);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_attend(nint attention, float* query, float* key, float* value, float* output);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_attention_free(nint attention);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_layer_norm(float* source, int rows, int width, float epsilon, float* scale, float* shift, float* target);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_channel_means(float* map, int positions, int channels, float* mean);

    [LibraryImport(Library)]
    public static partial void rt1_onednn_gate_channels(float* map, int positions, int channels, float* logit);

    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct NativeFusion(Activation Activation, int Accumulate, int Modulate);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        try
        {
            return NativeLibrary.Load(name, assembly, path);
        }
        catch (DllNotFoundException cause)
        {
            throw new DllNotFoundException($"oneDNN: lib{Library}.so, or the libdnnl that it needs, cannot be loaded; install the Debian package libdnnl-dev and build again.", cause);
        }
    }

    public static void Check(int status)
    {
        if (status != 0)
            throw new OneDnnException(Marshal.PtrToStringUTF8((nint)rt1_onednn_error()) ?? "oneDNN failed.");
    }
}
