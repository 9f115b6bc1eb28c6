using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using Rt1.Model.Inference;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Instructions;

public class InstructionWordsTests
{
    private static readonly string[] Known = ["pick the red can", "pick the blue block", "move red can near blue block", "move blue block near red can", "open top drawer"];

    [Theory]
    [InlineData("Move the red can near the Blue block.", "move red can near near/blue near/block")]
    [InlineData("pick apple from white bowl", "pick apple from from/white from/bowl")]
    [InlineData("open top drawer", "open top drawer")]
    [InlineData("go to the table", "go to to/table")]
    public void Words_OfAnInstruction_HaveTheirClause(string instruction, string words) => Assert.Equal(words.Split(' '), InstructionClauses.Words(instruction));

    [Fact]
    public void Encode_CombinationNeverSeen_IsASumOfItsWords()
    {
        using var network = Network();
        var encoder = new LearnedInstructionEncoder(network.InstructionWords!, network.Config.Network.ContextSize);

        Assert.Equal(encoder.Encode("pick the red can"), encoder.Encode(" PICK red  can. "));
        Assert.Equal(encoder.Encode("red can pick"), encoder.Encode("pick red can"));
        Assert.NotEqual(encoder.Encode("pick blue can"), encoder.Encode("pick red can"));
        Assert.NotEqual(encoder.Encode("move red can near blue block"), encoder.Encode("move blue block near red can"));
    }

    [Theory]
    [InlineData("pick the rad can", "pick red can")]
    [InlineData("move red can near the blue blok", "move red can near blue block")]
    public void Encode_UnknownWord_IsRefusedWithWhatWasMeant(string instruction, string meant)
    {
        using var network = Network();
        var encoder = new LearnedInstructionEncoder(network.InstructionWords!, network.Config.Network.ContextSize);

        Assert.Equal(meant, Assert.Throws<UnknownInstructionException>(() => encoder.Encode(instruction)).Nearest[0]);
    }

    [Fact]
    public void Encode_WordOfAnotherClause_IsUnknown()
    {
        using var network = Network();
        var encoder = new LearnedInstructionEncoder(network.InstructionWords!, network.Config.Network.ContextSize);

        Assert.Throws<UnknownInstructionException>(() => encoder.Encode("move red can near top drawer"));
        Assert.Throws<UnknownInstructionException>(() => encoder.Encode("the"));
    }

    [Fact]
    public void Checkpoint_WithWords_IsLoadedWithThem()
    {
        using var temporary = new TemporaryFolder();
        using var network = Network();
        var expected = new LearnedInstructionEncoder(network.InstructionWords!, network.Config.Network.ContextSize).Encode("pick the red can");
        PolicyCheckpoint.Save(network, temporary["policy"]);

        using var loaded = PolicyCheckpoint.Load(temporary["policy"]);
        using var policy = Rt1Policy.Load(temporary["policy"]);
        policy.Begin("pick the red can");

        Assert.Equal(network.InstructionWords!.Words, loaded.InstructionWords!.Words);
        Assert.Equal(expected, new LearnedInstructionEncoder(loaded.InstructionWords, loaded.Config.Network.ContextSize).Encode("pick the red can"));
        Assert.Throws<UnknownInstructionException>(() => policy.Begin("make coffee"));
    }

    [Fact]
    public void SeparateSteps_AnotherFrameInTheHistory_ChangesNoOtherStep()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Network();
        network.eval();
        using var noGrad = no_grad();
        var (images, context) = (randint(0, 256, [1, 3, 96, 96, 3], ScalarType.Byte), randn(1, 128));
        var other = images.clone();
        other[0][0] = randint(0, 256, [96, 96, 3], ScalarType.Byte);

        Assert.False(allclose(network.call(images, context)[0][2], network.call(other, context)[0][2], 1e-5, 1e-5));
        network.SeparateSteps = true;
        Assert.True(allclose(network.call(images, context)[0][2], network.call(other, context)[0][2], 1e-5, 1e-5));
    }

    private static Rt1Network Network()
    {
        var config = Presets.Mini;
        config = config with { Instruction = new InstructionConfig { Learned = new LearnedInstructionConfig { EmbeddingSize = 8, Words = InstructionClauses.Vocabulary(Known) } } };
        var network = new Rt1Network(config);
        RandomWeights.Fill(network, 1);
        return network;
    }
}
