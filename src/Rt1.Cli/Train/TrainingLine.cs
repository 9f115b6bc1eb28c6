using System.Globalization;
using Rt1.Training;

namespace Rt1.Cli.Train;

/// <summary>Shows how far a run is: a line that is rewritten on a terminal, otherwise one now and then.</summary>
internal sealed class TrainingLine(TrainingConfig config, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan InFile = TimeSpan.FromSeconds(30);

    private readonly bool _terminal = !Console.IsErrorRedirected;
    private (long Time, long Steps, double Part)? _start;
    private long _shown;
    private double _loss = double.NaN;

    /// <summary>Takes the state after a step.</summary>
    public void Show(TrainingProgress progress)
    {
        var now = time.GetTimestamp();
        _start ??= (now, progress.Steps, progress.Part);
        _loss = double.IsNaN(_loss) ? progress.Loss : 0.98 * _loss + 0.02 * progress.Loss;
        if (_shown != 0 && time.GetElapsedTime(_shown, now) < (_terminal ? OnTerminal : InFile))
            return;
        _shown = now;
        Write(Line(progress, time.GetElapsedTime(_start.Value.Time, now)), stays: false);
    }

    /// <summary>Prints a line that stays.</summary>
    public void Say(string line) => Write(line, stays: true);

    public void Dispose()
    {
    }

    private string Line(TrainingProgress progress, TimeSpan since)
    {
        var (_, steps, part) = _start!.Value;
        var rate = since > TimeSpan.Zero ? (progress.Steps - steps) / since.TotalSeconds : 0;
        var left = progress.Part > part ? since * ((1 - progress.Part) / (progress.Part - part)) : TimeSpan.Zero;
        return string.Create(CultureInfo.InvariantCulture,
            $"step {progress.Steps}{(config.Schedule.Steps is { } all ? $"/{all}" : "")} {progress.Part:P0}  loss {_loss:G4}  {rate * config.BatchSize * config.Policy.Network.Window:0} images/s  {left:hh\\:mm\\:ss} left");
    }

    private void Write(string line, bool stays)
    {
        if (_terminal)
            Console.Error.Write($"\r\e[K{line}{(stays ? Environment.NewLine : "")}");
        else
            Console.Error.WriteLine(line);
    }
}
