using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using Rt1.Simulation;
using Rt1.Testing;

namespace Rt1.Cli.Tests.Evaluate;

/// <summary><c>rt1 evaluate</c> from the command line to its files.</summary>
public sealed class EvaluateTests : IDisposable
{
    private static readonly string[] OneSkill = ["--suite", "seen", "--skills", "pick", "--set", "objects=[apple, red_can]", "--set", "object_count={min: 1, max: 2}", "--set", "places=[classroom]"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_ExpertInShards_MergesToWhatOneRunGives()
    {
        var whole = Evaluate("expert", "--episodes", "2", "--workers", "2", "--out", _folder["whole"], "--json").Succeeded();
        foreach (var i in new[] { 0, 1 })
            Evaluate("expert", "--episodes", "2", "--workers", "1", "--out", _folder[$"{i}"], "--shard", $"{i}/2").Succeeded();

        var merged = Rt1Process.Run("evaluate", "merge", _folder["1"], _folder["0"], "--out", _folder["merged"]).Succeeded();

        Assert.Empty(whole.Errors);
        Assert.Equal((2, 2), (whole.Json.GetProperty("suites").GetProperty("seen").GetProperty("episodes").GetInt32(),
            whole.Json.GetProperty("suites").GetProperty("seen").GetProperty("successes").GetInt32()));
        Assert.Equal(whole.Output, File.ReadAllText(_folder["whole", "results.json"]));
        Assert.Matches(@"seen +all +2/2 +100\.0", merged.Output);
        foreach (var file in new[] { "results.json", "episodes.jsonl", "success.png", "skills.png", Path.Combine("suites", "seen.yaml") })
            Assert.Equal(File.ReadAllBytes(_folder["whole", file]), File.ReadAllBytes(_folder["merged", file]));
    }

    [Fact]
    public void Evaluate_CheckpointOfRandomWeights_FailsAndShowsIt()
    {
        var end = Evaluate(Checkpoint([.. Instructions()]), "--episodes", "1", "--workers", "1", "--out", _folder["out"], "--videos", "1").Succeeded();

        Assert.Matches(@"seen +all +0/1 +0\.0", end.Output);
        Assert.DoesNotContain("fault", end.Output);
        Assert.True(new FileInfo(Assert.Single(Directory.GetFiles(_folder["out", "videos"], "seen-0000-pick.mp4"))).Length > 1000);
    }

    [Fact]
    public void Evaluate_PolicyKnowsNoneOfTheInstructions_CountsFaultsAndSaysWhy()
    {
        var end = Evaluate(Checkpoint("dance"), "--episodes", "1", "--workers", "1").Succeeded();

        Assert.Contains("1 robot or policy fault", end.Output);
        Assert.Contains("is not one that this policy knows", end.Output);
    }

    private Outcome Evaluate(string policy, params string[] options) => Rt1Process.Run(["evaluate", "--policy", policy, .. OneSkill, .. options]);

    private static IEnumerable<string> Instructions() =>
        from target in new[] { "apple", "red_can" }
        from template in Enumerable.Range(0, SkillCatalogue.Find("pick").Templates.Count)
        select SkillCatalogue.Find("pick").Task(target, template: template).Instruction;

    /// <summary>The small network with random weights, and a bank of instructions.</summary>
    private string Checkpoint(params string[] instructions)
    {
        var config = Config.Load<PolicyConfig>(Repository.File("configs", "models", "rt1-mini.yaml"), [$"instruction.bank={_folder["bank"]}", "decode.valid_modes=true"]);
        BankInstructionEncoder.Save(_folder["bank"], instructions, [.. instructions.Select((_, i) => Enumerable.Repeat(0.1f * i, config.Network.ContextSize).ToArray())], "test");
        using var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed: 1);
        PolicyCheckpoint.Save(network, _folder["policy"]);
        return _folder["policy"];
    }
}
