using System.Reflection;
using System.Runtime.InteropServices;

namespace Rt1.Bindings.Torch;

/// <summary>Finds <c>librt1_torch.so</c> beside the assembly; where it or libtorch is missing, says which package to install.</summary>
internal static class NativeLoader
{
    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        try
        {
            return NativeLibrary.Load(name, assembly, searchPath);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(Explain(name, error.Message), error);
        }
    }

    private static string Explain(string name, string attempts)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, $"lib{name}.so");
        return File.Exists(beside)
            ? $"'{beside}' does not load, so libtorch is missing or another version than it was built against: "
              + $"install the Debian package libtorch-dev and build again ({Reason(attempts, name)})."
            : $"lib{name}.so is not beside the program; it is built with it where the Debian package libtorch-dev is installed.";
    }

    /// <summary>Of the loader's many attempts, the line that names another library: that one is missing.</summary>
    private static string Reason(string message, string name)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(lines, line => line.StartsWith("lib", StringComparison.Ordinal) && !line.Contains(name)) ?? lines[^1];
    }
}
