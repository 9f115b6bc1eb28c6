using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Rt1.Cli;

/// <summary>This program again, as a child that shares the work.</summary>
internal static class OwnProcess
{
    /// <summary>A child of one thread: numeric libraries and the software renderer read their number of threads from the environment.</summary>
    /// <param name="arguments">The command line; numbers are written as everywhere.</param>
    public static ProcessStartInfo Start(params IEnumerable<object> arguments)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        foreach (var library in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LP_NUM_THREADS" })
            start.Environment[library] = "1";
        return start;
    }
}
