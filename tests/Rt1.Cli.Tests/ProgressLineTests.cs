using Microsoft.Extensions.Time.Testing;

namespace Rt1.Cli.Tests;

public sealed class ProgressLineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void Show_GivesRateAndTimeLeft_WithoutWhatWasDoneBefore()
    {
        var progress = new ProgressLine(_output, isTerminal: false, "episodes", total: 1000, before: 100, _time);
        _time.Advance(TimeSpan.FromSeconds(100));
        progress.Show(300, "2 trials failed");
        Assert.Equal($"300 of 1000 episodes, 2.0/s, 6 min left, 2 trials failed{Environment.NewLine}", _output.ToString());
    }

    [Fact]
    public void Show_NoTerminal_WritesALineNowAndThenAndTheLast()
    {
        var progress = new ProgressLine(_output, isTerminal: false, "episodes", total: 40, before: 0, _time);
        for (var done = 1; done <= 40; done++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            progress.Show(done);
        }
        Assert.Equal(["1", "21", "40"], _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Show_Terminal_RewritesTheLine()
    {
        var progress = new ProgressLine(_output, isTerminal: true, "episodes", total: 3, before: 0, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Show(1, "a long remark");
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Show(2);
        progress.Finish();
        var lines = _output.ToString().TrimEnd().Split('\r');
        Assert.Equal(3, lines.Length);
        Assert.Equal(lines[1].Length, _output.ToString().TrimEnd('\n', '\r').Split('\r')[2].Length);
    }
}
