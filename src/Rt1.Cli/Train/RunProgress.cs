using System.Globalization;
using Rt1.Training;
using Spectre.Console;

namespace Rt1.Cli.Train;

/// <summary>How far a training run is: a bar in a terminal, a line for each log interval elsewhere.</summary>
internal sealed class RunProgress : IMetricSink, IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly long? _steps;
    private readonly TimeSpan? _limit;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly TaskCompletionSource _end = new();
    private readonly Task? _bar;
    private ProgressTask? _task;
    private long? _firstStep;
    private TimeSpan _firstElapsed;
    private long _step;
    private double? _loss;
    private double? _rate;

    /// <param name="console">Where it stands; a bar where it is a terminal.</param>
    /// <param name="steps">Steps of the whole run; null where time alone ends it.</param>
    /// <param name="limit">Time of the whole run; null where steps alone end it.</param>
    public RunProgress(IAnsiConsole console, long? steps, TimeSpan? limit, TimeProvider time)
    {
        (_console, _steps, _limit, _time, _begin) = (console, steps, limit, time, time.GetTimestamp());
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
            _bar = ShowBar();
    }

    public void Scalar(long step, string name, double value)
    {
        if (step != _step)
            (_step, _loss, _rate) = (step, null, null);
        if (name == MetricNames.Loss)
            _loss = value;
        else if (name == MetricNames.ImagesPerSecond)
            _rate = value;
        else if (name == MetricNames.Success)
            Say(string.Create(CultureInfo.InvariantCulture, $"step {step}: success {value:0.0%}"));
        if ((name is MetricNames.Loss or MetricNames.ImagesPerSecond) && _loss is { } loss && _rate is { } rate)
            Show(step, loss, rate);
    }

    public void Image(long step, string name, int height, int width, byte[] rgb)
    {
    }

    public void Flush()
    {
    }

    /// <summary>Prints a line above the bar.</summary>
    public void Say(string line) => _console.WriteLine(line);

    /// <summary>Leaves the bar as it is.</summary>
    public void Dispose()
    {
        _end.TrySetResult();
        _bar?.GetAwaiter().GetResult();
    }

    private void Show(long step, double loss, double rate)
    {
        var elapsed = _time.GetElapsedTime(_begin);
        if (_firstStep is null)
            (_firstStep, _firstElapsed) = (step, elapsed);
        var total = _steps is { } steps ? string.Create(CultureInfo.InvariantCulture, $"{step,7} of {steps}") : string.Create(CultureInfo.InvariantCulture, $"{step,7}");
        var what = string.Create(CultureInfo.InvariantCulture, $"step {total}  loss {loss,8:0.0000}  {rate,6:0.0} images/s");
        var left = Left(step, elapsed) is { } time ? string.Create(CultureInfo.InvariantCulture, $"  {(int)time.TotalHours}:{time:mm\\:ss} left") : "";
        if (_bar is null)
        {
            _console.WriteLine(what + left);
            return;
        }
        if (_task is not { } task)
            return;
        task.Description = what + left;
        task.Value = Share(step, elapsed);
    }

    /// <summary>From the rate since the first line, so that the start does not count.</summary>
    private TimeSpan? Left(long step, TimeSpan elapsed)
    {
        var byTime = _limit - elapsed;
        var bySteps = _steps is { } steps && step > _firstStep ? (elapsed - _firstElapsed) / (step - _firstStep.Value) * (steps - step) : (TimeSpan?)null;
        var left = byTime < bySteps || bySteps is null ? byTime : bySteps;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private double Share(long step, TimeSpan elapsed) =>
        Math.Min(1, Math.Max(_steps is { } steps ? (double)step / steps : 0, _limit is { } limit ? elapsed / limit : 0));

    private Task ShowBar() => _console.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async context =>
        {
            _task = context.AddTask("starting", maxValue: 1);
            await _end.Task;
        });
}
