using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rt1.Cli.Tests;

/// <summary>The real <c>rt1</c> program, as <c>scripts/rt1</c> starts it. Whatever happens to the test, the process ends with this object.</summary>
internal sealed partial class Rt1Process : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>What a test waits for at most; nothing takes so long unless it is broken.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _errorReader;
    private readonly List<string> _errors = [];

    private Rt1Process(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rt1"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["LP_NUM_THREADS"] = "1";
        if (arguments is ["sim", ..])
            start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorReader = Task.Run(ReadErrors);
    }

    /// <summary>What it has printed on the standard error stream so far.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static Rt1Process Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end, with nothing to read on its standard input.</summary>
    public static Outcome Run(params string[] arguments)
    {
        using var process = new Rt1Process(arguments);
        process.EndInput();
        return process.WaitForExit();
    }

    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void EndInput() => _process.StandardInput.Close();

    public void Signal(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));

    /// <summary>Waits for a line on the standard error stream.</summary>
    /// <param name="after">So many lines at its beginning do not count.</param>
    public string WaitForError(Func<string, bool> wanted, string what, int after = 0)
    {
        string? found = null;
        Wait.Until(() => (found = Errors.Skip(after).FirstOrDefault(wanted)) is not null || _errorReader.IsCompleted, Limit, what);
        return found ?? throw new InvalidOperationException($"rt1 ended before {what}; it said:\n{string.Join('\n', Errors)}");
    }

    public Outcome WaitForExit()
    {
        Assert.True(_process.WaitForExit(Limit), $"rt1 did not end; it said:\n{string.Join('\n', Errors)}");
        Assert.True(Task.WaitAll([_output, _errorReader], Limit), "rt1 ended, but something still holds its streams");
        return new Outcome(_process.ExitCode, _output.Result, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit(Limit);
        _process.Dispose();
    }

    private void ReadErrors()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_errors)
                _errors.Add(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

/// <summary>How a process ended, and what it printed.</summary>
internal sealed record Outcome(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    public IEnumerable<string> Faults => Errors.Where(line => line.StartsWith("rt1: ", StringComparison.Ordinal));

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}\n{string.Join('\n', Errors)}");
        return this;
    }

    /// <summary>The fault that it ended with, which must be one line and the last.</summary>
    public string Fault()
    {
        var everything = $"exit code {ExitCode}:\n{Output}\n{string.Join('\n', Errors)}";
        Assert.True(ExitCode != 0, everything);
        Assert.True(Faults.Count() == 1 && Errors[^1] == Faults.First(), everything);
        Assert.DoesNotContain(Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
        return Errors[^1];
    }
}
