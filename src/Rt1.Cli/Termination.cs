using System.Runtime.InteropServices;

namespace Rt1.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks the command to end, and gives it time to. The second does nothing more, because a worker is told both
/// by the terminal and by the process that started it; the third, or the end of that time, ends the process at once.
/// </summary>
internal sealed class Termination : IDisposable
{
    private const int ByForce = 3;
    private const int SignalExit = 128;

    private readonly CancellationTokenSource _ending = new();
    private readonly TimeSpan _time;
    private readonly Action<int> _exit;
    private readonly PosixSignalRegistration[] _signals;
    private Timer? _deadline;
    private int _count;

    /// <param name="time">How long the command may take to end.</param>
    /// <param name="exit">Ends the process with a code.</param>
    public Termination(TimeSpan time, Action<int> exit)
    {
        (_time, _exit) = (time, exit);
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>What a signal does.</summary>
    /// <param name="code">The exit code of a process that this signal ends.</param>
    internal void Signal(int code)
    {
        var count = Interlocked.Increment(ref _count);
        if (count >= ByForce)
            _exit(code);
        if (count != 1)
            return;
        _deadline = new Timer(_ => _exit(code), null, _time, Timeout.InfiniteTimeSpan);
        _ending.Cancel();
    }

    // The source stays: a signal may come at any time.
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _deadline?.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        Signal(SignalExit + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
    }
}
