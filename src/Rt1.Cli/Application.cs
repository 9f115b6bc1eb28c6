using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Training;

namespace Rt1.Cli;

/// <summary>Runs a command line: prints a fault as one line and turns it into the exit code.</summary>
internal static class Application
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>After Ctrl-C: for the decision under way, the recording's end and the summary. The robot is stopped at once.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    /// <summary>After Ctrl-C in training: for the step under way and the checkpoint.</summary>
    private static readonly TimeSpan TimeToSave = TimeSpan.FromMinutes(10);

    private static readonly Option<bool> StackTrace = new("--stack-trace")
    {
        Description = "Show where in the program a fault arose.",
        Recursive = true,
    };

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        root.Options.Add(StackTrace);
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Recursive = true;
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Action is ParseErrorAction)
                return Refuse(parsed);
            using var termination = new Termination(args is ["train", ..] ? TimeToSave : TimeToEnd, Environment.Exit);
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, termination.Token);
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception e)
        {
            Report(e, withStackTrace: args.Contains(StackTrace.Name));
            return Unwrap(e) is WorkerLostException ? WorkerLostException.ExitCode : Failed;
        }
    }

    /// <summary>A command line that says nothing sensible: the first mistake, and where to read on.</summary>
    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
        var mistake = parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known here{Similarity.Hint(unknown, known)}" : parsed.Errors[0].Message;
        Console.Error.WriteLine($"rt1: {FirstLine(mistake)} '{string.Join(' ', Path(parsed.CommandResult).Reverse())} --help' says more.");
        return Failed;
    }

    private static IEnumerable<string> Path(SymbolResult? result)
    {
        for (; result is CommandResult command; result = command.Parent)
            yield return command.Command.Name;
    }

    private static void Report(Exception e, bool withStackTrace)
    {
        var fault = Unwrap(e);
        var expected = fault is Rt1Exception or IOException or UnauthorizedAccessException or DllNotFoundException;
        foreach (var line in Lines(fault, expected))
            Console.Error.WriteLine($"rt1: {line}");
        if (withStackTrace)
            Console.Error.WriteLine(e.ToString());
    }

    private static IEnumerable<string> Lines(Exception fault, bool expected) => fault switch
    {
        ConfigException config => config.Faults.Select(f => f.ToString()),
        _ when expected => [FirstLine(fault.Message)],
        _ => [$"internal error: {fault.GetType().Name}: {FirstLine(fault.Message)} Run it again with {StackTrace.Name} and report what it prints."],
    };

    private static Exception Unwrap(Exception e) =>
        e is TypeInitializationException or AggregateException { InnerExceptions.Count: 1 } && e.InnerException is { } inner ? Unwrap(inner) : e;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
