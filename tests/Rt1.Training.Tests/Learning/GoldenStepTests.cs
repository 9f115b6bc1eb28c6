using Rt1.Configuration;
using Rt1.Data;
using Rt1.Model.Networks;
using Rt1.Model.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training.Tests;

/// <summary>The trainer's first step with the reference's options against the reference implementation, at full size.</summary>
public sealed class GoldenStepTests(ITestOutputHelper output)
{
    [Fact]
    public void Step_ReferenceOptions_LossAndGradientsEqualGolden()
    {
        using var scope = NewDisposeScope();
        using var formula = new FormulaWeights();
        // The golden step has no dropout, and batch norm in inference mode.
        var policy = new PolicyConfig();
        policy = policy with
        {
            Network = policy.Network with
            {
                Backbone = policy.Network.Backbone with { DropConnect = 0 },
                Transformer = policy.Network.Transformer with { Dropout = 0 },
            },
        };
        var config = Toy.Config("nowhere", 1) with { Policy = policy, BatchSize = 1, FreezeBatchNorm = true };
        config = config with { Loss = new(), Optimizer = new(), History = new(), Schedule = new() { Steps = 1 }, Instruction = new(), Compute = new() };
        using var learner = new Learner(config, formula.CreateNetwork(policy));
        using var batch = Batch(formula);

        var result = learner.Step([batch], 0, config.Optimizer.LearningRate);

        var golden = new GoldenAssert("trainer", output);
        golden.Near("loss", formula.Golden.Read("train/loss"), tensor((float)result.Loss).view(1));
        foreach (var (gradient, variable) in Gradients)
            golden.Near(gradient, StageComparison.InOurAxes(learner.Network, variable, formula.Golden.Read($"train/{gradient}")), GradientOf(learner, variable), GoldenAssert.GradientTolerance);
    }

    private static readonly (string Gradient, string Variable)[] Gradients =
    [
        ("grad_stem_conv_kernel", "_image_tokenizer/_tokenizer/net/layer_with_weights-1/kernel"),
        ("grad_token_learner_output_kernel", "_image_tokenizer/_token_learner/mlp/_output_layer/kernel"),
        ("grad_output_tokens_bias", "_transformer/_output_tokens/bias"),
    ];

    private static WindowBatch Batch(FormulaWeights formula)
    {
        var batch = new WindowBatch(1, 6, 256, 320);
        for (var step = 0; step < 6; step++)
            FormulaWeights.Frame(step).CopyTo(batch.Images.Slice(step * 256 * 320 * 3, 256 * 320 * 3));
        batch.IsValid.AsSpan().Fill(true);
        FormulaActions.Of(formula).ToArray().CopyTo(batch.Actions, 0);
        batch.Instructions[0] = "golden";
        batch.Embeddings[0] = formula.Embedding();
        return batch;
    }

    /// <summary>From Adam's first moment after the step, which is a tenth of the gradient.</summary>
    private static Tensor GradientOf(Learner learner, string variable)
    {
        var shape = StageComparison.InOurAxesShape(learner.Network, variable, out var name);
        var start = 0L;
        foreach (var line in learner.Weights.Layout)
        {
            var parts = line.Split(' ');
            if (parts[0] == name)
                return learner.Optimizer.Moment1.narrow(0, start, shape.Aggregate(1L, (n, d) => n * d)).view(shape) / 0.1;
            start += parts[1].Split('×').Aggregate(1L, (n, d) => n * long.Parse(d, System.Globalization.CultureInfo.InvariantCulture));
        }
        throw new KeyNotFoundException(name);
    }
}
