using System.CommandLine;
using Rt1.Core;

namespace Rt1.Cli;

/// <summary>Runs a command line: prints a fault as one line and turns it into the exit code.</summary>
internal static class Application
{
    public const int Ok = 0;
    public const int Failed = 1;

    private static readonly Option<bool> StackTrace = new("--stack-trace")
    {
        Description = "Show where in the program a fault arose.",
        Recursive = true,
    };

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        root.Options.Add(StackTrace);
        var parsed = root.Parse(args);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception e)
        {
            var fault = Unwrap(e);
            var expected = fault is Rt1Exception or IOException or UnauthorizedAccessException;
            await Console.Error.WriteLineAsync(expected ? $"rt1: {fault.Message}" : $"rt1: internal error: {fault.GetType().Name}: {FirstLine(fault.Message)}");
            if (parsed.GetValue(StackTrace))
                await Console.Error.WriteLineAsync(e.ToString());
            else if (!expected)
                await Console.Error.WriteLineAsync("     Run it again with --stack-trace and report what it prints.");
            return Failed;
        }
    }

    private static Exception Unwrap(Exception e) =>
        e is TypeInitializationException or AggregateException { InnerExceptions.Count: 1 } && e.InnerException is { } inner ? Unwrap(inner) : e;

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
