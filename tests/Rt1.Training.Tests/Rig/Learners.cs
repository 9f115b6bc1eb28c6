using Rt1.Configuration;
using Rt1.Model.Networks;

namespace Rt1.Training.Tests;

/// <summary>Learners without files.</summary>
internal static class Learners
{
    /// <summary>The toy's configuration without data and without anything random.</summary>
    public static TrainingConfig Plain { get; } = Toy.Config("nowhere", 100) with
    {
        Policy = Toy.Policy with
        {
            Network = Toy.Policy.Network with { Transformer = Toy.Policy.Network.Transformer with { Dropout = 0 } },
            Instruction = new InstructionConfig { Learned = new LearnedInstructionConfig { EmbeddingSize = 8, Words = ["block", "blue", "pick", "red"] } },
        },
        FreezeBatchNorm = true,
    };

    public static Learner Create(TrainingConfig config, IWorkerGroup? workers = null)
    {
        var network = new Rt1Network(config.Policy);
        RandomWeights.Fill(network, config.Seed);
        return new Learner(config, network, workers);
    }

    /// <summary>The gradient of the first step, from Adam's first moment after it.</summary>
    public static float[] FirstGradient(Learner learner) =>
        [.. learner.Optimizer.Moment1.data<float>().ToArray().Select(m => m / 0.1f)];
}
