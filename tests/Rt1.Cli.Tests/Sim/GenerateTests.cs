using Rt1.Testing;

namespace Rt1.Cli.Tests.Sim;

public sealed class GenerateTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--config", Repository.File("configs", "generation", "edr.yaml"), "--set", "suite.skills=[pick]", "--height", "32", "--width", "48",
        "--set", "suite.object_count={min: 2, max: 2}", "--set", "episodes_per_shard=1",
    ];

    private readonly TemporaryFolder _temporary = new();

    [Fact]
    public void Generate_StoppedAndGoneOnWithMoreWorkers_GivesWhatOneRunGives()
    {
        using (var run = Start("two", "--episodes", "3", "--workers", "1"))
        {
            run.WaitForError(line => line.Contains("of 3 episodes"), "an episode");
            run.Signal(Rt1Process.Interrupt);
            var end = run.WaitForExit();
            Assert.Equal(1, end.ExitCode);
            Assert.Contains("of 3 episodes in whole files; the same command goes on from there.", end.Errors[^1]);
        }
        Assert.False(Directory.Exists(_temporary["two"]));

        var report = Run("two", "--episodes", "3", "--workers", "2", "--json").Succeeded().Json;
        Run("one", "--episodes", "3", "--workers", "1").Succeeded();

        Assert.Equal(3, report.GetProperty("skills").GetProperty("pick").GetProperty("kept").GetInt32());
        Assert.Equal(Files("one"), Files("two"));
        Rt1Process.Run("data", "verify", _temporary["two"]).Succeeded();
        Assert.Contains("other settings", Run("two", "--episodes", "3", "--seed", "5").Fault());
    }

    [Fact]
    public void Generate_ExpertFailsInAWorker_EndsWithTheWorkersLine() =>
        Assert.Contains("the expert did not succeed in 1 trials",
            Run("data", "--episodes", "1", "--set", "max_attempts=1", "--set", "noise.horizontal=0.2", "--set", "noise.vertical=0.2").Fault());

    [Theory]
    [InlineData("'pik' is not known; did you mean 'pick'?", "--skills", "pik")]
    [InlineData("held-out pairs must stay out of training", "--set", "suite.part=unseen")]
    [InlineData("--noise must be on or off", "--noise", "maybe")]
    public void Generate_BadInput_EndsWithOneLine(string expected, params string[] arguments) =>
        Assert.Contains(expected, Run("data", arguments).Fault());

    public void Dispose() => _temporary.Dispose();

    private Rt1Process Start(string folder, params string[] arguments) => Rt1Process.Start(["sim", "generate", .. Small, "--out", _temporary[folder], .. arguments]);

    private Outcome Run(string folder, params string[] arguments) => Rt1Process.Run(["sim", "generate", .. Small, "--out", _temporary[folder], .. arguments]);

    private Dictionary<string, string> Files(string folder) =>
        Directory.GetFiles(_temporary[folder]).ToDictionary(file => Path.GetFileName(file), file => Convert.ToBase64String(File.ReadAllBytes(file)));
}
