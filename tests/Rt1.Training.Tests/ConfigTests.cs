using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Training.Tests;

public class ConfigTests
{
    [Fact]
    public void Defaults_AreTheReference()
    {
        var config = Load("rt1");

        Assert.Equal(new OptimizerConfig { Kind = OptimizerKind.Adam, LearningRate = 1e-4, Betas = config.Optimizer.Betas, Epsilon = 1e-7 }, config.Optimizer);
        Assert.Equal([0.9, 0.999], new OptimizerConfig().Betas);
        Assert.Equal(new LossConfig(), config.Loss);
        Assert.Equal((true, 0, 0), (config.Loss.ReferenceScale, config.Loss.LabelSigma, config.Loss.AttentionWeight));
        Assert.Equal(new HistoryConfig { SingleStepUntil = 0, SingleStepShare = 0 }, config.History);
        Assert.Equal((null, 0, DecayKind.Constant), (config.Optimizer.ClipNorm, config.Schedule.WarmUpSteps, config.Schedule.Decay));
        Assert.Null(config.Optimizer.EmaDecay);
        Assert.Equal([2, 1], config.Data.Datasets.Values.Select(d => d.Weight));
        Assert.Equal(new AugmentationConfig { PadHeight = 20.0 / 256, PadWidth = 50.0 / 320 }, config.Data.Augmentation);
        Assert.Equal(InstructionEncoderKind.Embedded, config.Instruction.Encoder);
    }

    [Fact]
    public void Mini_IsTheRecipe()
    {
        var config = Load("rt1-mini");

        Assert.Equal(96, config.BatchSize * config.Policy.Network.Window);
        Assert.Equal((OptimizerKind.Adamw, 1e-3, 0.05, 1.0, 0.998), (config.Optimizer.Kind, config.Optimizer.LearningRate, config.Optimizer.WeightDecay, config.Optimizer.ClipNorm, config.Optimizer.EmaDecay));
        Assert.Equal([0.9, 0.98], config.Optimizer.Betas);
        Assert.Equal(new LossConfig { ReferenceScale = false, LabelSigma = 4, AttentionWeight = 0.3, AttentionSigma = 0.6 }, config.Loss);
        Assert.Equal(new HistoryConfig { SingleStepUntil = 0.35, SingleStepShare = 0.25 }, config.History);
        Assert.Equal((DecayKind.Cosine, 100), (config.Schedule.Decay, config.Schedule.WarmUpSteps));
        Assert.Equal((MotionDecoding.Mean, InstructionEncoderKind.Learned), (config.Decode!.Motion, config.Instruction.Encoder));
        Assert.Equal((4, 4, PaddingKind.Edge, true), ((int)Math.Round(96 * config.Data.Augmentation.PadHeight), (int)Math.Round(96 * config.Data.Augmentation.PadWidth), config.Data.Augmentation.Padding, config.Data.Augmentation.CropPerSample));
        Assert.Equal((192, 192, 96), (config.Policy.Image.Height, config.Policy.Image.Width, config.Policy.Image.Size));
    }

    [Fact]
    public void EdrKukaMini_HoldsTheRatioInABatch()
    {
        var config = Load("edr-kuka-mini");

        Assert.Equal([2, 1], config.Data.Datasets.Values.Select(d => d.Weight));
        Assert.Equal(config.BatchSize, BatchShares.Of([2, 1], config.BatchSize).Sum());
        Assert.Equal(config.BatchSize / 2, BatchShares.Of([2, 1], config.BatchSize / 2).Sum());
    }

    [Theory]
    [InlineData("schedule.steps=null", "max_minutes")]
    [InlineData("accumulation=5", "multiple")]
    [InlineData("optimizer.betas=[0.9]", "betas")]
    [InlineData("optimizer.kind=adam", "weight_decay")]
    [InlineData("policy.network.token_learner.tokens=2", "attention_weight")]
    [InlineData("compute.device=gpu", "cuda:N")]
    [InlineData("optimiser.kind=adam", "optimizer")]
    public void Load_AMistake_IsNamed(string setting, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Rt1Exception>(() => Load("rt1-mini", setting)).Message);

    private static TrainingConfig Load(string name, params string[] overrides) =>
        Config.Load<TrainingConfig>(Repository.File("configs", "training", $"{name}.yaml"), overrides);
}
