using Rt1.Core;
using Rt1.Evaluation;
using Rt1.Model.Inference;
using Rt1.Simulation;
using TorchSharp;

namespace Rt1.Cli.Evaluate;

/// <summary>A worker's policies: a checkpoint is loaded once, and only when a trial stands, because libtorch must not come before the renderer.</summary>
internal sealed class EvaluatedPolicies(EvaluatedPolicy policy, Device device) : IDisposable
{
    private Rt1Policy? _loaded;

    /// <exception cref="Rt1Exception">The checkpoint is damaged, or there is no such device.</exception>
    public IPolicy For(Trial trial) => policy.Argument switch
    {
        EvaluatedPolicy.Expert => new ExpertPolicy(trial),
        EvaluatedPolicy.Random => new RandomPolicy(trial.Situation.Seed, new ActionLimits(), trial.Lab.Robot.HasBase),
        var folder => _loaded ??= Load(folder),
    };

    public void Dispose() => _loaded?.Dispose();

    private Rt1Policy Load(string folder)
    {
        var torchDevice = TorchSetup.Use(device);
        torch.set_num_threads(1);
        return Rt1Policy.Load(folder, device: torchDevice);
    }
}
