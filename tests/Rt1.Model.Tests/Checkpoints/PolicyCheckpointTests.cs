using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using Rt1.Testing;

namespace Rt1.Model.Tests.Checkpoints;

public sealed class PolicyCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Rt1Network _network = new(Presets.Mini);

    public PolicyCheckpointTests() => RandomWeights.Fill(_network, seed: 2);

    private string Saved => _folder["policy"];

    [Fact]
    public void Save_Network_LoadsWithEqualWeightsAndConfig()
    {
        PolicyCheckpoint.Save(_network, Saved);

        using var loaded = PolicyCheckpoint.Load(Saved);

        Assert.Equivalent(_network.Config, loaded.Config, strict: true);
        WeightsAssert.Equal(_network, loaded);
    }

    [Fact]
    public void Save_OverAnOldCheckpoint_ReplacesItAndLeavesNothingElse()
    {
        PolicyCheckpoint.Save(_network, Saved);
        PolicyCheckpoint.Save(_network, Saved, target => File.WriteAllText(Path.Combine(target, "training.json"), "{}"));

        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(["manifest.json", "model.safetensors", "policy.yaml", "training.json"], Directory.GetFiles(Saved).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Save_ThatFails_LeavesTheOldCheckpointAndNothingElse()
    {
        PolicyCheckpoint.Save(_network, Saved);

        Assert.Throws<IOException>(() => PolicyCheckpoint.Save(_network, Saved, _ => throw new IOException("disk full")));

        Assert.Equal([Saved], Directory.GetFileSystemEntries(_folder.Path));
        PolicyCheckpoint.Load(Saved).Dispose();
    }

    [Fact]
    public void Save_OverAnotherFolder_RefusesToReplaceIt()
    {
        File.WriteAllText(_folder["letter.txt"], "dear");

        var e = Assert.Throws<CheckpointException>(() => PolicyCheckpoint.Save(_network, _folder.Path));

        Assert.Contains("is no checkpoint", e.Message);
        Assert.Equal("dear", File.ReadAllText(_folder["letter.txt"]));
    }

    [Fact]
    public void Save_WithABank_TakesItAlong()
    {
        DemoInstructionBank.Save(_folder["bank"]);
        using var network = new Rt1Network(_network.Config with { Instruction = new InstructionConfig { Bank = new FilePath(_folder["bank"]) } });
        PolicyCheckpoint.Save(network, Saved);
        Directory.Move(Saved, _folder["moved"]);
        File.Delete(_folder["bank"]);

        using var loaded = PolicyCheckpoint.Load(_folder["moved"]);

        Assert.Equal(_folder["moved", "instructions.safetensors"], loaded.Config.Instruction.Bank?.Value);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("policy.yaml")]
    public void Load_ChangedFile_FailsItsChecksum(string file)
    {
        PolicyCheckpoint.Save(_network, Saved);
        var bytes = File.ReadAllBytes(Path.Combine(Saved, file));
        bytes[^2] ^= 1;
        File.WriteAllBytes(Path.Combine(Saved, file), bytes);

        AssertRefused($"'{file}' fails its checksum");
    }

    [Fact]
    public void Load_TruncatedWeights_SaysSo()
    {
        PolicyCheckpoint.Save(_network, Saved);
        using (var file = File.OpenWrite(Path.Combine(Saved, PolicyCheckpoint.WeightsFile)))
            file.SetLength(1000);

        AssertRefused("it is truncated");
    }

    [Theory]
    [InlineData("model.safetensors", "'model.safetensors' is missing")]
    [InlineData("manifest.json", "it has no manifest.json")]
    public void Load_MissingFile_NamesIt(string file, string problem)
    {
        PolicyCheckpoint.Save(_network, Saved);
        File.Delete(Path.Combine(Saved, file));

        AssertRefused(problem);
    }

    [Fact]
    public void Load_NoFolder_SaysSo() => AssertRefused("there is no such folder");

    [Fact]
    public void Load_ManifestOfAnotherVersion_IsRefused()
    {
        PolicyCheckpoint.Save(_network, Saved);
        var manifest = Path.Combine(Saved, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"version\": 1", "\"version\": 2"));

        AssertRefused("version 1");
    }

    [Fact]
    public void Load_OtherWindow_SaysWhichSizesClash()
    {
        PolicyCheckpoint.Save(_network, Saved);

        var e = Assert.Throws<CheckpointException>(() => PolicyCheckpoint.Load(Saved, ["network.window=3"]));

        Assert.Contains("position embedding is 114×128 but the config asks for 3×(8+11) = 57 positions of width 128; use the config saved beside it.", e.Message);
    }

    [Fact]
    public void Load_OtherDepth_NamesTheExtraTensor()
    {
        PolicyCheckpoint.Save(_network, Saved);

        var e = Assert.Throws<CheckpointException>(() => PolicyCheckpoint.Load(Saved, ["network.transformer.layers=3"]));

        Assert.Contains("transformer.layers.3", e.Message);
    }

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    private void AssertRefused(string problem) =>
        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => PolicyCheckpoint.Load(Saved)).Problem);
}
