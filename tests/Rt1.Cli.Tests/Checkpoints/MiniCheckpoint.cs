using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Networks;
using Rt1.Testing;

namespace Rt1.Cli.Tests.Checkpoints;

/// <summary>A checkpoint folder of the small network with random weights, and the bank of <see cref="MiniRuntime"/>.</summary>
internal static class MiniCheckpoint
{
    public static string Save(MiniRuntime runtime)
    {
        var config = Config.Load<PolicyConfig>(Repository.File("configs", "models", "rt1-mini.yaml"), [$"instruction.bank={runtime.Bank}"]);
        using var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed: 1);
        PolicyCheckpoint.Save(network, runtime["policy"]);
        return runtime["policy"];
    }
}
