using Rt1.Core;
using Rt1.Model.Inference;
using Rt1.Model.Networks;
using TorchSharp;
using static Rt1.Model.Tests.Golden.GoldenAssert;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>RT-1 at full size against the reference implementation, without any download: the proof that a public clone carries.</summary>
[Collection("golden")]
public sealed class FormulaGoldenTests(ITestOutputHelper output) : IDisposable
{
    private readonly GoldenAssert _golden = new("formula", output);
    private readonly FormulaWeights _formula = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Tokenizer_FirstFrame_EveryStageEqualsGolden()
    {
        using var network = _formula.CreateNetwork();
        using var noGrad = no_grad();
        var context = tensor(_formula.Embedding(), [1, 512]);

        StageComparison.Run(network, FormulaWeights.Frames(1), context, CompareStage, "stem", "block00", "block07", "block17", "block25", "head");
        var tokens = network.TokenizeImages(FormulaWeights.Frames(6), context.expand(6, -1));

        _golden.Near("context_image_tokens", _formula.Golden.Read("stage/context_image_tokens"), tokens);
        _golden.PrintLargest();
    }

    [Fact]
    public void TrainingForm_SixSteps_TokensLogitsLossAndGradientsEqualGolden()
    {
        using var network = _formula.CreateNetwork();
        var tokens = tensor(FormulaActions.Of(_formula).SelectMany(ActionSpace.Default.Tokenize).Select(t => (long)t).ToArray(), [1, 6, 11]);

        var logits = network.call(FormulaWeights.Frames(6).unsqueeze(0), tensor(_formula.Embedding(), [1, 512]));
        var loss = Rt1Loss.Mean(logits, tokens, tokensPerStep: 19);
        loss.backward();

        _golden.SameTokens(_formula.Golden.Read("train/action_tokens"), tokens);
        _golden.Near("action_logits", _formula.Golden.Read("train/action_logits").unsqueeze(0), logits.detach());
        _golden.Near("loss", _formula.Golden.Read("train/loss"), loss.detach().view(1));
        _golden.PrintLargest();
        foreach (var (gradient, variable) in Gradients)
        {
            _golden.Near(gradient, StageComparison.InOurAxes(network, variable, _formula.Golden.Read($"train/{gradient}")),
                StageComparison.GradientOf(network, variable), GradientTolerance);
        }
    }

    [Fact]
    public void PolicyRunner_EightSteps_LogitsAndTokensEqualGolden()
    {
        using var runner = new PolicyRunner(_formula.CreateNetwork());

        runner.Begin(_formula.Embedding());
        var logits = stack(Enumerable.Range(0, 8).Select(t => tensor(runner.Step(FormulaWeights.Frame(t)), [11, 256])));

        _golden.Near("steps/logits", _formula.Golden.Read("steps/logits"), logits);
        _golden.SameTokens(_formula.Golden.Read("steps/tokens"), logits.argmax(-1));
    }

    private static readonly (string Gradient, string Variable)[] Gradients =
    [
        ("grad_stem_conv_kernel", "_image_tokenizer/_tokenizer/net/layer_with_weights-1/kernel"),
        ("grad_film25_mult_bias", "_image_tokenizer/_tokenizer/net/layer_with_weights-232/_projection_mult/bias"),
        ("grad_token_learner_output_kernel", "_image_tokenizer/_token_learner/mlp/_output_layer/kernel"),
        ("grad_layer0_query_bias", "_transformer/_layers/0/mha1/_query_dense/bias"),
        ("grad_output_tokens_bias", "_transformer/_output_tokens/bias"),
    ];

    /// <summary>Stages are stored as (H, W, C), some as their top-left corner.</summary>
    private void CompareStage(string stage, Tensor ours)
    {
        var corner = $"stage/{stage}_corner";
        var golden = ChannelsFirst(_formula.Golden.Read(_formula.Golden.Entries.ContainsKey(corner) ? corner : $"stage/{stage}"));
        _golden.Near(stage, golden, ours.narrow(2, 0, golden.shape[2]).narrow(3, 0, golden.shape[3]));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _formula.Dispose();
    }
}
