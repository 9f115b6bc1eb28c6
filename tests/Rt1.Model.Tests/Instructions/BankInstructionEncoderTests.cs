using Rt1.Core;
using Rt1.Model.Checkpoints;
using Rt1.Model.Instructions;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Instructions;

public sealed class BankInstructionEncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Bank => _folder["bank.safetensors"];

    [Theory]
    [InlineData("pick coke can")]
    [InlineData("  Pick   COKE can. ")]
    public void Encode_KnownInstruction_GivesItsEmbedding(string instruction) =>
        Assert.Equal([1f, 2f], Create("open drawer", "Pick Coke Can").Encode(instruction));

    [Fact]
    public void Encode_UnknownInstruction_IsRefusedWithTheNearest()
    {
        var e = Assert.Throws<UnknownInstructionException>(() => Create("open top drawer", "pick coke can", "pick sponge").Encode("pick a coke can"));

        Assert.Equal("pick coke can", e.Nearest[0]);
        Assert.Contains("'pick coke can'", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Encode_EmptyInstruction_SaysSo(string instruction) =>
        Assert.Contains("is empty", Assert.Throws<UnknownInstructionException>(() => Create("open drawer").Encode(instruction)).Message);

    [Fact]
    public void Load_SavedBank_KeepsSourceAndOrder()
    {
        var bank = Create("b", "a");

        Assert.Equal(["b", "a"], bank.Instructions);
        Assert.Equal("a test", bank.Source);
        Assert.Equal(2, bank.Width);
    }

    [Fact]
    public void Load_RepeatedInstruction_IsRefused() =>
        Assert.Contains("appears twice", Assert.Throws<CheckpointException>(() => Create("open drawer", "Open drawer")).Message);

    [Theory]
    [InlineData("""["open drawer", " "]""")]
    [InlineData("""["open drawer", null]""")]
    public void Load_EmptyInstruction_IsRefused(string instructions)
    {
        using var table = ones(2, 2);
        SafetensorsFile.Write(Bank, [new("embeddings", table)], new Dictionary<string, string> { ["instructions"] = instructions });

        Assert.Contains("instruction 1 of the bank is empty", Assert.Throws<CheckpointException>(() => BankInstructionEncoder.Load(Bank)).Message);
    }

    [Fact]
    public void Load_OtherSafetensors_IsRefused()
    {
        using var table = ones(2, 2);
        SafetensorsFile.Write(Bank, [new("weights", table)]);

        Assert.Contains("it is no instruction bank", Assert.Throws<CheckpointException>(() => BankInstructionEncoder.Load(Bank)).Message);
    }

    [Fact]
    public void Load_MoreInstructionsThanEmbeddings_IsRefused()
    {
        using var table = ones(2, 2);
        SafetensorsFile.Write(Bank, [new("embeddings", table)], new Dictionary<string, string> { ["instructions"] = """["a"]""" });

        Assert.Contains("1 instructions but 2 embeddings", Assert.Throws<CheckpointException>(() => BankInstructionEncoder.Load(Bank)).Message);
    }

    [Fact]
    public void DemoBank_AsShipped_IsWhatTheGeneratorWrites()
    {
        DemoInstructionBank.Save(Bank);

        Assert.Equal(File.ReadAllBytes(Bank), File.ReadAllBytes(Repository.File("datasets", "instructions", "demo-bank.safetensors")));
        Assert.Contains("random numbers", BankInstructionEncoder.Load(Bank).Source);
    }

    public void Dispose() => _folder.Dispose();

    private BankInstructionEncoder Create(params string[] instructions)
    {
        BankInstructionEncoder.Save(Bank, instructions, [.. instructions.Select((_, i) => new[] { i, i + 1f })], "a test");
        return BankInstructionEncoder.Load(Bank);
    }
}
