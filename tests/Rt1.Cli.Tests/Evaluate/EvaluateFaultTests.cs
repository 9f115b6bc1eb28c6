using System.Globalization;
using System.Runtime.InteropServices;
using Rt1.Testing;

namespace Rt1.Cli.Tests.Evaluate;

/// <summary>What a user gets wrong, and what happens to a run from outside.</summary>
public sealed partial class EvaluateFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--policy is missing")]
    [InlineData("did you mean 'expert'", "--policy", "expret")]
    [InlineData("did you mean 'seen'", "--policy", "expert", "--suite", "sen")]
    [InlineData("'seen' is named twice", "--policy", "expert", "--suite", "seen,seen")]
    [InlineData("got '3/2'", "--policy", "expert", "--shard", "3/2")]
    [InlineData("did you mean 'pick'", "--policy", "expert", "--skills", "pikc")]
    [InlineData("--episodes must be a whole number", "--policy", "expert", "--episodes", "0")]
    [InlineData("--videos needs --out", "--policy", "expert", "--videos", "3")]
    [InlineData("--latency-ms must be in", "--policy", "expert", "--latency-ms", "0")]
    public void Evaluate_WrongOption_NamesIt(string message, params string[] options) =>
        Assert.Contains(message, Rt1Process.Run(["evaluate", .. options]).Fault());

    [Fact]
    public void Evaluate_FolderThatIsNoCheckpoint_SaysSo() =>
        Assert.Contains("not a checkpoint", Rt1Process.Run("evaluate", "--policy", _folder.Path).Fault());

    [Fact]
    public void Evaluate_FolderWithResults_IsRefused()
    {
        File.WriteAllText(_folder["results.json"], "{}");

        Assert.Contains("holds the results", Rt1Process.Run("evaluate", "--policy", "expert", "--out", _folder.Path).Fault());
    }

    [Fact]
    public void Merge_EmptyFolder_SaysWhatIsMissing() =>
        Assert.Contains("has no results.json", Rt1Process.Run("evaluate", "merge", _folder.Path, "--out", _folder["merged"]).Fault());

    [Fact]
    public void Evaluate_WorkerKilled_OneLineAndNoWorkerIsLeft()
    {
        using var run = Start(latency: "101.25");

        Assert.Equal(0, SendSignal(Workers("101.25", atLeast: 2)[0], Rt1Process.Kill));

        Assert.Contains("a worker process ended with code 137", run.WaitForExit().Fault());
        Assert.Empty(Workers("101.25", atLeast: 0));
    }

    [Fact]
    public void Evaluate_Interrupted_NoWorkerIsLeft()
    {
        using var run = Start(latency: "101.75");
        Workers("101.75", atLeast: 2);

        run.Signal(Rt1Process.Interrupt);

        var end = run.WaitForExit();
        Assert.NotEqual(0, end.ExitCode);
        Assert.Contains(end.Errors, line => line.StartsWith("Stopped after", StringComparison.Ordinal));
        Assert.Empty(Workers("101.75", atLeast: 0));
    }

    /// <summary>A long run; its latency, which no other has, is how its workers are found.</summary>
    private static Rt1Process Start(string latency) => Rt1Process.Start(
        "evaluate", "--policy", "expert", "--suite", "seen", "--episodes", "1000", "--workers", "2", "--latency-ms", latency);

    private static List<int> Workers(string latency, int atLeast)
    {
        var found = new List<int>();
        Wait.Until(() => (found = Find(latency)).Count >= atLeast, TimeSpan.FromSeconds(60), "the workers' start");
        return found;
    }

    private static List<int> Find(string latency) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _) && CommandLine(folder) is { } words && words.Contains("worker") && words.Contains(latency))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)),
    ];

    private static string[]? CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
