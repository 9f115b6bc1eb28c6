using Rt1.Model.Checkpoints;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Inference;
using Rt1.Model.Networks;
using Rt1.Testing;
using TorchSharp;
using static Rt1.Model.Tests.Golden.GoldenAssert;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>RT-1 at full size against the reference implementation's own tensors (<c>golden/rt1</c> of the shared folder).</summary>
[Collection("golden")]
public sealed class ReferenceGoldenTests(ReferenceCheckpoint checkpoint, ITestOutputHelper output) : IDisposable
{
    private readonly GoldenAssert _golden = new("rt1", output);
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Preprocessing_ReferenceFrames_EqualsGolden()
    {
        using var inputs = Open("inputs");
        using var stages = Open("stages");

        _golden.Near("image_300", ChannelsFirst(stages.Read("image_300")), ImagePreprocessing.ToNetwork(inputs.Read("image")[0, ..1], 300));
        _golden.Near("image_512x640_at_300", ChannelsFirst(stages.Read("image_512x640_at_300")),
            ImagePreprocessing.ToNetwork(stages.Read("image_512x640"), 300));
    }

    [Fact]
    public void Tokenizer_ReferenceFrame_EveryStageEqualsGolden()
    {
        using var inputs = Open("inputs");
        using var stages = Open("stages");
        using var noGrad = no_grad();
        StageComparison.Run(checkpoint.Network, inputs.Read("image")[0, ..1], inputs.Read("natural_language_embedding")[..1],
            (stage, ours) => _golden.Near(stage, ChannelsFirst(stages.Read(stage)), ours), "stem", "block00", "block07", "block17", "block25", "top", "head");
        _golden.PrintLargest();
    }

    [Fact]
    public void TokenizeImages_AllFrames_EqualsGolden()
    {
        using var inputs = Open("inputs");
        using var stages = Open("stages");
        using var noGrad = no_grad();
        var context = inputs.Read("natural_language_embedding").repeat_interleave(6, 0);

        var tokens = checkpoint.Network.TokenizeImages(inputs.Read("image").flatten(0, 1), context);

        _golden.Near("context_image_tokens", stages.Read("context_image_tokens"), tokens.view(2, 6, 8, 512));
    }

    [Fact]
    public void SequenceLayout_Rt1Sizes_MaskAndReadPositionsEqualGolden()
    {
        using var training = Open("training");
        var layout = new SequenceLayout(6, 8, 11);

        Assert.Equal(training.Read("attention_mask").flatten().data<float>().ToArray(), layout.AdditiveMask().Select(m => m == 0 ? 1f : 0f));
        Assert.Equal(training.Read("read_positions").to(ScalarType.Int64).data<long>().ToArray(), layout.ReadPositions());
    }

    [Fact]
    public void TrainingForm_TwoEpisodes_LogitsLossAndGradientsEqualGolden()
    {
        using var inputs = Open("inputs");
        using var training = Open("training");
        var network = checkpoint.Network;

        var logits = network.call(inputs.Read("image"), inputs.Read("natural_language_embedding"));
        var tokens = training.Read("action_tokens").to(ScalarType.Int64);
        var perStep = Rt1Loss.PerStep(logits, tokens, tokensPerStep: 19);
        var loss = perStep.mean();
        loss.backward();

        _golden.Near("action_logits", training.Read("action_logits"), logits.detach());
        _golden.SameTokens(training.Read("action_logits").argmax(-1), logits.argmax(-1));
        _golden.Near("loss_per_example_step", training.Read("loss_per_example_step"), perStep.detach());
        _golden.Near("loss", training.Read("loss"), loss.detach().view(1));
        _golden.PrintLargest();
        foreach (var (gradient, variable) in Gradients)
            _golden.Near($"grad_{gradient}", StageComparison.InOurAxes(network, variable, training.Read($"grad_{gradient}")), StageComparison.GradientOf(network, variable), GradientTolerance);
        network.zero_grad();
    }

    [Fact]
    public void PolicyRunner_EightSteps_LogitsAndTokensEqualGolden()
    {
        using var inputs = Open("inputs");
        using var inference = Open("inference");
        using var runner = new PolicyRunner(TensorFlowImport.Load(checkpoint.Folder));
        var frames = inference.Read("image");

        runner.Begin(inputs.Read("natural_language_embedding")[0].data<float>().ToArray());
        var logits = stack(Enumerable.Range(0, 8).Select(step => tensor(runner.Step(frames[step].bytes), [11, 256])));

        for (var step = 0; step < 8; step++)
            _golden.Near($"step {step} logits", inference.Read("logits")[step], logits[step]);
        _golden.PrintLargest();
        _golden.SameTokens(inference.Read("tokens"), logits.argmax(-1));
    }

    [Fact]
    public void ActionSpace_ReferenceActions_TokensAndValuesEqualGolden()
    {
        using var tokenizer = Open("tokenizer");
        TokenizerComparison.Run(tokenizer);
    }

    /// <summary>The names of the golden gradients and the reference's variables that they belong to.</summary>
    private static readonly (string Gradient, string Variable)[] Gradients =
    [
        ("stem_conv_kernel", "_image_tokenizer/_tokenizer/net/layer_with_weights-1/kernel"),
        ("film00_add_kernel", "_image_tokenizer/_tokenizer/net/layer_with_weights-9/_projection_add/kernel"),
        ("film25_mult_kernel", "_image_tokenizer/_tokenizer/net/layer_with_weights-232/_projection_mult/kernel"),
        ("conv1x1_kernel", "_image_tokenizer/_tokenizer/conv1x1/kernel"),
        ("token_learner_hidden_kernel", "_image_tokenizer/_token_learner/mlp/_hidden_layer/kernel"),
        ("token_emb_kernel", "_transformer/_token_emb/kernel"),
        ("position_emb_kernel", "_transformer/_position_emb/kernel"),
        ("layer0_query_kernel", "_transformer/_layers/0/mha1/_query_dense/kernel"),
        ("last_layer_ff_kernel", "_transformer/_layers/7/ff/kernel"),
        ("output_tokens_kernel", "_transformer/_output_tokens/kernel"),
    ];

    public void Dispose() => _scope.Dispose();

    private static SafetensorsFile Open(string name) => SafetensorsFile.Open(Repository.Shared("golden", "rt1", $"{name}.safetensors"));
}
