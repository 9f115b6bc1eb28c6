using Rt1.Configuration;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Networks;

public sealed class Rt1NetworkTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    [Fact]
    public void FullSizePreset_CountsTheReferencesFloats()
    {
        using var network = new Rt1Network(Presets.Rt1);

        Assert.Equal(35_339_430, network.FloatCount);
    }

    [Fact]
    public void FullSizePreset_IsTheDefault() => Assert.Equivalent(new PolicyConfig(), Presets.Rt1, strict: true);

    [Fact]
    public void MiniPreset_StaysSmall()
    {
        using var network = new Rt1Network(Presets.Mini);

        Assert.InRange(network.FloatCount, 500_000, 2_000_000);
        Assert.Equal(12, BlockShape.MapSize(Presets.Mini.Network.Backbone, 96));
    }

    [Fact]
    public void Network_MadeInADisposeScope_OutlivesIt()
    {
        using var scope = NewDisposeScope();
        using var network = new Rt1Network(Presets.Mini);
        scope.Dispose();

        Assert.All(network.state_dict(), tensor => Assert.False(tensor.Value.IsInvalid, tensor.Key));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void Forward_MiniInTraining_GivesLogitsAndGradientsForEveryParameterInUse(int steps)
    {
        using var network = new Rt1Network(Presets.Mini);
        RandomWeights.Fill(network, seed: 1);
        network.train();

        var logits = network.call(randint(0, 256, [2, steps, 96, 96, 3], ScalarType.Byte), randn(2, 128));
        Rt1Loss.Mean(logits, zeros(2, steps, 11, dtype: ScalarType.Int64), tokensPerStep: 19).backward();

        Assert.Equal([2, steps, 11, 256], logits.shape);
        Assert.All(network.named_parameters().Where(p => !p.name.StartsWith("action_token_embedding")), p => Assert.True(p.parameter.grad is not null, p.name));
    }

    [Fact]
    public void Forward_InTraining_DropsAtRandomAndInEvaluationNot()
    {
        var config = Presets.Mini;
        config = config with { Network = config.Network with { Transformer = config.Network.Transformer with { Dropout = 0.1 } } };
        using var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed: 1);
        var (images, context) = (randint(0, 256, [1, 2, 96, 96, 3], ScalarType.Byte), randn(1, 128));
        using var noGrad = no_grad();

        network.train();
        Assert.NotEqual(Logits(), Logits());
        network.eval();
        Assert.Equal(Logits(), Logits());

        float[] Logits() => network.call(images, context).data<float>().ToArray();
    }

    [Fact]
    public void DropConnect_InTraining_LeavesOutWholeBranchesOfSomeImages()
    {
        var config = new BackboneConfig();
        var shape = new BlockShape(BlockKind.FusedMbConv, 3, 1, 8, 16, 1, 8, DropConnect: 0.5);
        using var block = new MbConvBlock(shape, contextSize: 4, config);
        nn.init.zeros_(block.Film.Mult.weight!);
        nn.init.zeros_(block.Film.Mult.bias!);
        nn.init.zeros_(block.Film.Add.weight!);
        nn.init.zeros_(block.Film.Add.bias!);
        var x = randn(64, 8, 5, 5);
        using var noGrad = no_grad();

        var unchanged = (block.call(x, zeros(64, 4)) - x).abs().amax([1, 2, 3]).eq(0).to(ScalarType.Int64).sum().item<long>();

        Assert.InRange(unchanged, 12, 52);
    }

    [Fact]
    public void Loss_WithPadding_CountsItAsZero()
    {
        var (logits, tokens) = (randn(2, 3, 11, 256), zeros(2, 3, 11, dtype: ScalarType.Int64));
        var padding = tensor(new[] { 1f, 1, 1, 1, 0, 0 }, [2, 3]);

        var perStep = Rt1Loss.PerStep(logits, tokens, 19).data<float>().ToArray();
        var masked = Rt1Loss.PerStep(logits, tokens, 19, padding).data<float>().ToArray();

        Assert.Equal([perStep[0], perStep[1], perStep[2], perStep[3], 0, 0], masked);
    }

    [Fact]
    public void Loss_UniformLogits_IsTheReferencesShareOfLogV()
    {
        var loss = Rt1Loss.Mean(zeros(2, 6, 11, 256), zeros(2, 6, 11, dtype: ScalarType.Int64), tokensPerStep: 19);

        Assert.Equal(Math.Log(256) / (2 * 6 * 19), loss.item<float>(), 1e-6);
    }

    [Fact]
    public void RandomWeights_SameSeed_AreEqualAndFilmIsZero()
    {
        using var first = new Rt1Network(Presets.Mini);
        using var second = new Rt1Network(Presets.Mini);
        using var third = new Rt1Network(Presets.Mini);
        RandomWeights.Fill(first, seed: 5);
        RandomWeights.Fill(second, seed: 5);
        RandomWeights.Fill(third, seed: 6);

        WeightsAssert.Equal(first, second);
        Assert.ThrowsAny<Exception>(() => WeightsAssert.Equal(first, third));
        Assert.All(first.named_parameters().Where(p => p.name.Contains("film.")), p => Assert.Equal(0, p.parameter.abs().sum().item<float>()));
    }

    public void Dispose() => _scope.Dispose();
}
