using Rt1.Configuration;
using Rt1.Model.Inference;
using Rt1.Model.Inference.Fused;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Inference;

/// <summary>The fused forms against the modules that they are made of.</summary>
public sealed class FusedTests(ITestOutputHelper output)
{
    [Fact]
    public void ImageTokenizer_AtFullSize_EqualsTheModule()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var config = new PolicyConfig();
        var network = Network(config);
        var (image, context) = (rand(1, 3, config.Image.Size, config.Image.Size), randn(1, config.Network.ContextSize));
        using var fused = new FusedImageTokenizer(network.ImageTokenizer, config.Image.Size);
        fused.SetContext(context);
        var tokens = new float[config.Network.TokenLearner.Tokens * config.Network.EmbeddingSize];

        fused.Run(image, tokens);

        AssertClose(network.ImageTokenizer.call(image, context), tokens);
    }

    [Fact]
    public void ImageTokenizer_AskedForAttention_GivesTokenLearnersWeights()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var config = Presets.Mini;
        var network = Network(config);
        var (frame, context) = (randint(0, 256, [1, config.Image.Height, config.Image.Width, 3], ScalarType.Byte), randn(1, config.Network.ContextSize));
        var cells = network.ImageTokenizer.Cells(ImagePreprocessing.ToNetwork(frame, config.Image.Size), context);
        var expected = network.ImageTokenizer.TokenLearner.Attention(cells);
        var tokens = new float[config.Network.TokenLearner.Tokens * config.Network.EmbeddingSize];
        var (fused, eager) = (new float[expected.numel()], new float[expected.numel()]);
        using var fusedNetwork = new FusedStepNetwork(network);
        using var eagerNetwork = new EagerStepNetwork(network, CPU);
        fusedNetwork.Condition(context);
        eagerNetwork.Condition(context);

        fusedNetwork.Tokenize(frame, tokens, fused);
        eagerNetwork.Tokenize(frame, tokens, eager);

        AssertClose(expected, eager);
        AssertClose(expected, fused);
        AssertClose(ones(config.Network.TokenLearner.Tokens), tensor(fused, [expected.shape[1], expected.shape[2]]).sum(1).data<float>().ToArray());
        AssertClose(network.ImageTokenizer.TokenLearner.call(cells), tokens);
    }

    [Theory, InlineData(0), InlineData(3), InlineData(5)]
    public void Transformer_AtFullSize_EqualsTheModule(int slot)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var config = new PolicyConfig();
        var network = Network(config);
        var layout = new SequenceLayout(config.Network.Window, config.Network.TokenLearner.Tokens, network.ActionSpace.TokenCount);
        var window = randn(1, layout.Steps, layout.ImageTokens, config.Network.EmbeddingSize);
        using var fused = new FusedTransformer(network.Transformer, layout);
        var logits = new float[layout.ActionSlots * network.ActionSpace.VocabularySize];

        fused.Run(Folding.Floats(window), slot, logits);

        AssertClose(network.Transformer.call(window)[0, slot], logits);
    }

    /// <summary>Random weights with statistics and FiLM that are not the identity.</summary>
    private static Rt1Network Network(PolicyConfig config)
    {
        random.manual_seed(1);
        var network = new Rt1Network(config);
        foreach (var (name, tensor) in network.state_dict())
        {
            if (name.EndsWith("running_var"))
                tensor.uniform_(0.5, 2);
            else if (name.EndsWith("running_mean"))
                tensor.normal_(0, 0.1);
        }
        network.eval();
        return network;
    }

    private void AssertClose(Tensor expected, float[] got)
    {
        var difference = tensor(got) - expected.flatten();
        var error = (difference.norm() / expected.norm()).item<float>();
        output.WriteLine($"relative error {error:e1}");
        Assert.True(error < 1e-5, $"relative error {error}");
    }
}
