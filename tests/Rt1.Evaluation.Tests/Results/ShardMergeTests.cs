using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Evaluation.Tests.Results;

public sealed class ShardMergeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_AllShardsInAnyOrder_EqualsOneRunByteByByte()
    {
        Write("whole", Rig.Plan());

        ShardMerge.Run([Shard(2, 3), Shard(0, 3), Shard(1, 3)], _folder["merged"]);

        var files = Directory.EnumerateFiles(_folder["whole"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["whole"], file)).ToList();
        Assert.Superset(new HashSet<string> { "results.json", "episodes.jsonl", "success.png", "skills.png" }, files.ToHashSet());
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(_folder["whole", file]), File.ReadAllBytes(_folder["merged", file])));
    }

    [Fact]
    public void Run_MoreShardsThanEpisodes_EqualsOneRun()
    {
        Write("whole", Rig.Plan(episodes: 2));

        ShardMerge.Run([.. Enumerable.Range(0, 4).Select(i => Write($"{i}", Rig.Plan(episodes: 2, shard: new Shard(i, 4))))], _folder["merged"]);

        Assert.Equal(File.ReadAllText(_folder["whole", "results.json"]), File.ReadAllText(_folder["merged", "results.json"]));
    }

    [Fact]
    public void Run_MissingShard_NamesIt() => AssertFault("shards are missing: 1/3, 2/3", Shard(0, 3));

    [Fact]
    public void Run_ShardTwice_NamesBoth() =>
        AssertFault("shard 0/2 is there twice", Shard(0, 2), Shard(1, 2), Write("again", Rig.Plan(shard: new Shard(0, 2))));

    [Fact]
    public void Run_OtherSeed_NamesTheDifference() =>
        AssertFault("seed is 3 in one and 4 in the other", Shard(0, 2), Write("other", Rig.Plan(seed: 4, shard: new Shard(1, 2))));

    [Fact]
    public void Run_OtherPolicy_NamesTheDifference() =>
        AssertFault("policy.name is \"expert\" in one and \"random\" in the other", Shard(0, 2), Write("other", Rig.Plan(policy: "random", shard: new Shard(1, 2))));

    [Fact]
    public void Run_OtherSuites_NamesTheDifference()
    {
        var plan = Rig.Plan(shard: new Shard(1, 2)) with { Definitions = new Dictionary<string, string> { ["seen"] = "5678" } };

        AssertFault("definitions is unseen, seen in one and seen in the other", Shard(0, 2), Write("other", plan));
    }

    [Fact]
    public void Run_OtherNumberOfShards_SaysSo() => AssertFault("one of 2 shards, one of 3", Shard(0, 2), Shard(1, 3));

    [Fact]
    public void Run_WholeEvaluation_IsRefused() => AssertFault("no shard", Write("whole", Rig.Plan()));

    [Fact]
    public void Run_EmptyFolder_SaysWhatIsMissing()
    {
        Directory.CreateDirectory(_folder["empty"]);

        AssertFault("has no results.json", _folder["empty"]);
    }

    [Fact]
    public void Run_LostLines_NamesTheEpisode()
    {
        var shard = Shard(0, 2);
        File.WriteAllLines(Path.Combine(shard, "episodes.jsonl"), File.ReadLines(Path.Combine(shard, "episodes.jsonl")).SkipLast(1).ToList());

        AssertFault("lacks episode 6 of suite 'seen'", shard, Shard(1, 2));
    }

    [Fact]
    public void Run_DamagedResults_NamesTheFile()
    {
        var shard = Shard(0, 2);
        File.WriteAllText(Path.Combine(shard, "results.json"), "{\"plan\": 3}");

        AssertFault("results.json: is damaged", shard, Shard(1, 2));
    }

    [Fact]
    public void Prepare_FolderWithResults_IsRefused() =>
        Assert.Contains("holds the results", Assert.Throws<Rt1Exception>(() => ResultFolder.Prepare(Shard(0, 2))).Message);

    [Theory]
    [InlineData("3/2")]
    [InlineData("2/2")]
    [InlineData("-1/2")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    public void Parse_NoShard_NamesTheForm(string text) =>
        Assert.Contains($"got '{text}'", Assert.Throws<Rt1Exception>(() => Evaluation.Shard.Parse(text)).Message);

    [Fact]
    public void Holds_AllShardsTogether_HaveEachEpisodeOnce()
    {
        var shards = Enumerable.Range(0, 3).Select(i => Evaluation.Shard.Parse($"{i}/3")).ToList();

        Assert.All(Enumerable.Range(0, 10), episode => Assert.Single(shards, shard => shard.Holds(episode)));
    }

    private string Shard(int index, int count) => Write($"{index}-of-{count}", Rig.Plan(shard: new Shard(index, count)));

    private string Write(string name, EvaluationPlan plan)
    {
        var episodes = Rig.Results(plan);
        ResultFolder.Write(_folder[name], EvaluationResult.Of(plan, episodes), episodes, Rig.Definitions);
        return _folder[name];
    }

    private void AssertFault(string message, params string[] folders)
    {
        var fault = Assert.Throws<Rt1Exception>(() => ShardMerge.Run(folders, _folder["merged"])).Message;
        Assert.Contains(message, fault);
        Assert.DoesNotContain('\n', fault);
        Assert.False(File.Exists(_folder["merged", "results.json"]));
    }
}
