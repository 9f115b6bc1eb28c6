using System.ComponentModel.DataAnnotations;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Configuration.Tests;

public sealed class ConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public enum Source { RobotLink, VideoFile }

    public sealed record Sample
    {
        public required string Name { get; init; }
        public Inner Control { get; init; } = new();
        public IReadOnlyList<float> Bounds { get; init; } = [-1, 1];
        public IReadOnlyDictionary<string, Inner> Named { get; init; } = new Dictionary<string, Inner>();
        public FilePath? Weights { get; init; }
    }

    public sealed record Inner : IValidatableObject
    {
        [Range(0, 100, MinimumIsExclusive = true)]
        public double RateHz { get; init; } = 3;

        [Range(1, 10_000)]
        public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

        public Source Source { get; init; }
        public int? MaxSteps { get; init; }
        public bool Record { get; init; } = true;

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Latency.TotalSeconds * RateHz > 1)
                yield return new ValidationResult($"needs latency_ms within one period, got {Latency.TotalMilliseconds} at {RateHz} Hz.");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FileWithEveryKind_BindsThemAndKeepsDefaults()
    {
        var config = Load("""
            name: demo
            control: {rate_hz: 2.5, latency_ms: 280, source: video_file, max_steps: 60}
            bounds: [-0.05, 0.05]
            named: {slow: {rate_hz: 1}}
            weights: sub/model.safetensors
            """);

        Assert.Equal(2.5, config.Control.RateHz);
        Assert.Equal(TimeSpan.FromMilliseconds(280), config.Control.Latency);
        Assert.Equal(Source.VideoFile, config.Control.Source);
        Assert.Equal(60, config.Control.MaxSteps);
        Assert.True(config.Control.Record);
        Assert.Equal([-0.05f, 0.05f], config.Bounds);
        Assert.Equal(1, config.Named["slow"].RateHz);
        Assert.Equal(_folder["sub", "model.safetensors"], config.Weights?.Value);
    }

    [Fact]
    public void Load_SeveralFaults_ReportsAllWithFileLineAndRemedy()
    {
        var e = Assert.Throws<ConfigException>(() => Load("""
            control:
              rate_hz: 0
              rat_hz: 3
              record: maybe
              source: camera
            bounds: 3
            """));

        Assert.Equal(6, e.Faults.Count);
        Assert.Contains($"{File}:2: control.rate_hz must be in (0, 100], got 0.", e.Message);
        Assert.Contains($"{File}:3: control.rat_hz is not a known key; did you mean 'rate_hz'?", e.Message);
        Assert.Contains("control.record must be true or false, got 'maybe'.", e.Message);
        Assert.Contains("control.source must be one of robot_link, video_file, got 'camera'.", e.Message);
        Assert.Contains("bounds must be a list.", e.Message);
        Assert.Contains("name is missing; it has no default.", e.Message);
    }

    [Fact]
    public void Load_TimeOutOfRange_NamesTheKeyInMilliseconds()
    {
        var e = Assert.Throws<ConfigException>(() => Load("name: a\ncontrol: {latency_ms: 0}"));
        Assert.Contains("control.latency_ms must be in [1, 10000], got 0.", e.Message);
    }

    [Fact]
    public void Load_RuleAcrossProperties_IsChecked()
    {
        var e = Assert.Throws<ConfigException>(() => Load("name: a\ncontrol: {latency_ms: 400}"));
        Assert.Contains("control needs latency_ms within one period, got 400 at 3 Hz.", e.Message);
    }

    [Fact]
    public void Load_NullForRequired_IsRefused()
    {
        var e = Assert.Throws<ConfigException>(() => Load("name:"));
        Assert.Contains("name must have a value.", e.Message);
    }

    [Theory]
    [InlineData("control.rate_hz=5", 5)]
    [InlineData("control.rate_hz = 0.5", 0.5)]
    public void Load_Override_WinsOverTheFile(string assignment, double expected)
    {
        Assert.Equal(expected, Load("name: a\ncontrol: {rate_hz: 2}", assignment).Control.RateHz);
    }

    [Fact]
    public void Load_OverrideOfAbsentSection_CreatesIt()
    {
        Assert.Equal(7, Load("name: a", "control.max_steps=7").Control.MaxSteps);
    }

    [Theory]
    [InlineData("control.rate_hz=fast", "--set control.rate_hz=fast: control.rate_hz must be a number, got 'fast'.")]
    [InlineData("control.rate=5", "--set control.rate=5: control.rate is not a known key; did you mean 'rate_hz'?")]
    [InlineData("contrl.rate_hz=5", "--set contrl.rate_hz=5: contrl is not a known key; did you mean 'control'?")]
    [InlineData("name.first=x", "--set name.first=x: 'first' lies in a value that is not a section.")]
    [InlineData("control", "--set control: expected KEY=VALUE")]
    public void Load_WrongOverride_NamesTheOption(string assignment, string message)
    {
        var e = Assert.ThrowsAny<Rt1Exception>(() => Load("name: a", assignment));
        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void Load_Include_TakesTheOtherFilesTreeAndFolder()
    {
        Directory.CreateDirectory(_folder["robots"]);
        System.IO.File.WriteAllText(_folder["robots", "fast.yaml"], "rate_hz: 20\nlatency_ms: 10\n");

        var config = Load("name: a\ncontrol: !include robots/fast.yaml", "control.max_steps=3");

        Assert.Equal(20, config.Control.RateHz);
        Assert.Equal(3, config.Control.MaxSteps);
    }

    [Fact]
    public void Load_FaultInInclude_NamesTheIncludedFile()
    {
        System.IO.File.WriteAllText(_folder["fast.yaml"], "rate_hz: 2000\n");
        var e = Assert.Throws<ConfigException>(() => Load("name: a\ncontrol: !include fast.yaml"));
        Assert.Contains($"{_folder["fast.yaml"]}:1: control.rate_hz must be in (0, 100], got 2000.", e.Message);
    }

    [Fact]
    public void Load_MissingFileOrInclude_SaysWhich()
    {
        var missing = Assert.Throws<Rt1Exception>(() => Config.Load<Sample>(_folder["no.yaml"]));
        Assert.Contains("no.yaml: no such configuration file.", missing.Message);
        var include = Assert.Throws<Rt1Exception>(() => Load("control: !include no.yaml"));
        Assert.Contains("included by", include.Message);
    }

    [Fact]
    public void Load_BrokenYaml_SaysWhere()
    {
        var e = Assert.Throws<Rt1Exception>(() => Load("name: a\ncontrol: {rate_hz: 3"));
        Assert.Contains("is not valid YAML", e.Message);
    }

    [Theory]
    [InlineData("name: a\nbounds: [1, ]\nnamed: {slow: }", "named.slow must have a value.")]
    [InlineData("name: a\nbounds: [1, ~]", "bounds[1] must have a value.")]
    [InlineData("name: a\n? [1, 2]\n: 3", "is not a known key")]
    [InlineData("name: a\nnamed: {? {b: c} : 3}", "must be a section")]
    [InlineData("name: &n {first: *n}", "is not valid YAML")]
    [InlineData("name: a\nname: b", "is not valid YAML")]
    public void Load_YamlThatFitsNoRecord_IsRefused(string yaml, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<Rt1Exception>(() => Load(yaml)).Message);

    [Fact]
    public void Load_IncludeInAList_TakesTheOtherFilesValue()
    {
        System.IO.File.WriteAllText(_folder["low.yaml"], "-0.25\n");

        Assert.Equal([-0.25f, 1], Load("name: a\nbounds: [!include low.yaml, 1]").Bounds);
    }

    [Fact]
    public void ToYaml_RoundTrips()
    {
        var config = new Sample
        {
            Name = "null: \"#1\"",
            Control = new() { RateHz = 2.5, Source = Source.VideoFile, MaxSteps = null },
            Bounds = [0.1f, 1e-7f],
            Named = new Dictionary<string, Inner> { ["x"] = new() { Record = false } },
            Weights = new("/tmp/a b/model.safetensors"),
        };

        var back = Load(Config.ToYaml(config));

        Assert.Equal(config.Name, back.Name);
        Assert.Equal(config.Control, back.Control);
        Assert.Equal(config.Bounds, back.Bounds);
        Assert.Equal(config.Named["x"], back.Named["x"]);
        Assert.Equal(config.Weights, back.Weights);
    }

    private string File => _folder["config.yaml"];

    private Sample Load(string yaml, params string[] overrides)
    {
        System.IO.File.WriteAllText(File, yaml);
        return Config.Load<Sample>(File, overrides);
    }
}
