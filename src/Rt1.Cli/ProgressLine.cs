using System.Globalization;

namespace Rt1.Cli;

/// <summary>
/// How far a long run is, with its rate and the time left: in a terminal one line that is rewritten, elsewhere a line now and then.
/// Thread-safe.
/// </summary>
/// <param name="output">Where it stands.</param>
/// <param name="isTerminal">Whether lines can be rewritten there.</param>
/// <param name="what">What is counted, e.g. <c>episodes</c>.</param>
/// <param name="before">What an earlier run did: it counts as done, and not for the rate.</param>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, string what, long total, long before, TimeProvider time)
{
    private readonly TimeSpan _interval = isTerminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(10);
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private TimeSpan _next;
    private int _length;

    /// <param name="done">All that is done, what was done before included.</param>
    /// <param name="remark">What else there is to say, e.g. <c>3 failed</c>.</param>
    public void Show(long done, string remark = "")
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_start);
            if (elapsed < _next && done < total)
                return;
            _next = elapsed + _interval;
            var line = Describe(done, elapsed, remark);
            if (isTerminal)
                output.Write($"\r{line}{new string(' ', Math.Max(0, _length - line.Length))}");
            else
                output.WriteLine(line);
            _length = line.Length;
        }
    }

    /// <summary>Ends the line, so that what follows starts on the next.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (isTerminal && _length > 0)
                output.WriteLine();
            _length = 0;
        }
    }

    private string Describe(long done, TimeSpan elapsed, string remark)
    {
        var rate = (done - before) / Math.Max(elapsed.TotalSeconds, 1e-3);
        var left = done < total && rate > 0 ? $", {Words(TimeSpan.FromSeconds((total - done) / rate))} left" : "";
        var shown = string.Create(CultureInfo.InvariantCulture, $"{done} of {total} {what}, {rate:0.0#}/s{left}");
        return remark.Length > 0 ? $"{shown}, {remark}" : shown;
    }

    private static string Words(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
