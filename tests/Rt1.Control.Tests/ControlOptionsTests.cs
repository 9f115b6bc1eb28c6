using Rt1.Configuration;
using Rt1.Testing;

namespace Rt1.Control.Tests;

public sealed class ControlOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public sealed record Root
    {
        public ControlOptions Control { get; init; } = new();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NoKeys_GivesRt1sRate()
    {
        var options = Load("control: {}");

        Assert.Equal(new ControlOptions(), options);
        Assert.Equal(3, options.RateHz);
        Assert.Equal(1 / 3.0, options.Period.TotalSeconds, 1e-6);
    }

    [Fact]
    public void Load_EveryKey_IsRead() =>
        Assert.Equal(
            new()
            {
                RateHz = 5,
                Latency = TimeSpan.FromMilliseconds(280),
                TimeToLive = TimeSpan.FromSeconds(1),
                FirstFrameTimeout = TimeSpan.FromSeconds(10),
                MaxSteps = 60,
                MaxConsecutiveFaults = 2,
            },
            Load("""
                control:
                  rate_hz: 5
                  latency_ms: 280
                  time_to_live_ms: 1000
                  first_frame_timeout_ms: 10000
                  max_steps: 60
                  max_consecutive_faults: 2
                """));

    [Theory]
    [InlineData("rate_hz: 0", "control.rate_hz must be in (0, 20], got 0.")]
    [InlineData("rate_hz: 21", "control.rate_hz must be in (0, 20], got 21.")]
    [InlineData("rate_hz: .nan", "control.rate_hz must be a number, got '.nan'.")]
    [InlineData("latency_ms: 0", "control.latency_ms must be in (0, 2000], got 0.")]
    [InlineData("max_steps: 0", "control.max_steps must be in [1, ∞], got 0.")]
    [InlineData("max_consecutive_faults: 0", "control.max_consecutive_faults must be in [1, ∞], got 0.")]
    [InlineData("latency_ms: 280",
        "control needs time_to_live_ms of at least latency_ms plus one period, 614, or no motion would ever finish; got 500.")]
    public void Load_BadValue_SaysWhatIsExpected(string value, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(() => Load($"control: {{{value}}}")).Message);

    private ControlOptions Load(string yaml)
    {
        File.WriteAllText(_folder["run.yaml"], yaml);
        return Config.Load<Root>(_folder["run.yaml"]).Control;
    }
}
