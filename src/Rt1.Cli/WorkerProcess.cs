using System.Diagnostics;
using Rt1.Core;
using Rt1.Evaluation;
using Rt1.Training;

namespace Rt1.Cli;

/// <summary>
/// Another process of this program that takes orders line by line on its standard input and answers on its standard output; one thread
/// computes in it. When its orders end, as when this process dies, it ends too. Not thread-safe.
/// </summary>
internal sealed class WorkerProcess : IEpisodeWorker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process)
    {
        _process = process;
        _errors = LastLine(process.StandardError);
    }

    /// <param name="arguments">Of <c>rt1</c>.</param>
    public static WorkerProcess Start(params IEnumerable<string> arguments)
    {
        var command = LocalWorkers.ThisProgram([.. arguments]);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Native libraries read these when they load, so it would be too late in the worker itself.
        foreach (var threads in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LP_NUM_THREADS" })
            start.Environment[threads] = "1";
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <exception cref="Rt1Exception">The process has ended.</exception>
    public void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
    }

    /// <summary>The next line; waits for it.</summary>
    /// <exception cref="Rt1Exception">The process has ended; the message is its own last one.</exception>
    public string Receive() => _process.StandardOutput.ReadLine() ?? throw Ended();

    /// <summary>Ends its orders; it then ends by itself.</summary>
    public void Close()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        Close();
        if (!_process.WaitForExit(Patience))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private Rt1Exception Ended()
    {
        var fault = _errors.Wait(Patience) ? _errors.Result : "";
        _process.WaitForExit(Patience);
        return new Rt1Exception(fault.Length > 0 ? fault : $"a worker process ended with code {_process.ExitCode} and said nothing; run the command again.");
    }

    private static async Task<string> LastLine(StreamReader errors)
    {
        var last = "";
        while (await errors.ReadLineAsync() is { } line)
            last = line.Length > 0 ? line : last;
        return last.StartsWith("rt1: ", StringComparison.Ordinal) ? last[5..] : last;
    }
}
