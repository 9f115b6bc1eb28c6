using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Rt1.Core;

namespace Rt1.Training;

/// <summary>One worker process on this machine. Whatever happens, it ends with this object.</summary>
internal sealed partial class LocalWorker : IDisposable
{
    private const int Terminate = 15;
    private const string FaultPrefix = "rt1: ";

    private readonly Process _process;
    private readonly int _rank;
    private readonly int _count;
    private readonly TextWriter _output;
    private readonly List<string> _faults = [];

    private LocalWorker(Process process, int rank, int count, TextWriter output)
    {
        (_process, _rank, _count, _output) = (process, rank, count, output);
        var readers = new List<Task> { Task.Run(() => Relay(process.StandardError)) };
        if (process.StartInfo.RedirectStandardOutput)
            readers.Add(Task.Run(() => Relay(process.StandardOutput)));
        Ended = Task.WhenAll([.. readers, process.WaitForExitAsync()]);
    }

    /// <summary>Completes when the process has ended and all that it printed was relayed.</summary>
    public Task Ended { get; }

    /// <summary>As a shell gives it: 128 + n for a process that signal n ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it ended because another worker did.</summary>
    public bool LostAnother => ExitCode == WorkerLostException.ExitCode;

    /// <summary>Why it ended, one line.</summary>
    public string Failure => (_faults, ExitCode) switch
    {
        ([var fault, ..], _) when fault.StartsWith($"worker {_rank} of", StringComparison.Ordinal) => fault,
        ([var fault, ..], _) => $"worker {_rank} of {_count}: {fault}",
        (_, > 128 and var code) => Ending($"was ended by signal {code - 128}"),
        _ => Ending($"ended with code {ExitCode} and said nothing"),
    };

    public static LocalWorker Start(IReadOnlyList<string> command, int rank, int count, int threads, string store, TextWriter output)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            // Worker 0 has the terminal to itself: its progress bar needs one.
            RedirectStandardOutput = rank > 0,
            RedirectStandardError = true,
        };
        var each = threads.ToString(CultureInfo.InvariantCulture);
        var (number, size) = (rank.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in new[]
        {
            ("RANK", number), ("LOCAL_RANK", number), ("WORLD_SIZE", size), (WorkerEnvironment.StoreFile, store),
            ("OMP_NUM_THREADS", each), ("OPENBLAS_NUM_THREADS", each),
        })
            start.Environment[name] = value;
        try
        {
            return new LocalWorker(Process.Start(start)!, rank, count, output);
        }
        catch (Win32Exception e)
        {
            throw new Rt1Exception($"worker {rank} of {count}: '{command[0]}' does not start ({e.Message})", e);
        }
    }

    /// <summary>Asks it to finish its step, save and end.</summary>
    public void AskToStop()
    {
        if (!_process.HasExited)
            _ = SendSignal(_process.Id, Terminate);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ending(string how) =>
        $"worker {_rank} of {_count} {how}; the others were stopped. Start the run again to resume from its last checkpoint.";

    private void Relay(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(FaultPrefix, StringComparison.Ordinal))
            {
                _faults.Add(line[FaultPrefix.Length..]);
                continue;
            }
            lock (_output)
                _output.WriteLine(_rank == 0 ? line : $"[worker {_rank}] {line}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
