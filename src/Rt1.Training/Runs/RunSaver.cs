using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Checkpoints;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Saves a run; of worker 0 alone.</summary>
internal sealed class RunSaver(TrainingConfig config, RunFolder folder, Learner learner)
{
    // Weights, statistics, two moments, mean, and the policy's file.
    private const int CopiesOfWeights = 6;

    /// <summary>Steps of the newest checkpoint; none yet is null.</summary>
    public long? Newest { get; set; }

    /// <summary>The value of the best policy so far.</summary>
    public double? Best { get; set; }

    /// <summary>Whether the disk refused.</summary>
    public bool HasFailed { get; private set; }

    /// <exception cref="Rt1Exception">The checkpoints that are kept would not fit on the disk.</exception>
    public void RequireSpace() => folder.RequireSpace(learner.Weights.Values.numel() * sizeof(float) * (CopiesOfWeights * (config.Saving.KeepLast + 1) + 3));

    /// <summary>Saves everything that a resume needs, and the policy.</summary>
    /// <exception cref="Rt1Exception">The disk is full or refuses; the run's earlier checkpoints are whole.</exception>
    public string Save(TrainingState state)
    {
        var checkpoint = folder.Checkpoint(learner.Steps);
        Write(checkpoint, target => state.Write(target, learner));
        Newest = learner.Steps;
        folder.Prune(config.Saving.KeepLast);
        SavePolicy();
        return checkpoint;
    }

    /// <summary>Saves the policy alone.</summary>
    /// <exception cref="Rt1Exception">The disk is full or refuses.</exception>
    public void SavePolicy() => Write(folder.Policy, null);

    /// <summary>Keeps the policy as the best one if its value is the highest so far.</summary>
    public void Offer(double value)
    {
        if (!double.IsFinite(value) || value <= Best)
            return;
        Write(folder.Best, null);
        Best = value;
    }

    private void Write(string target, Action<string>? addFiles)
    {
        var provenance = new ProvenanceConfig { Source = $"trained by rt1 train, {config.Name}", Seed = config.Seed, Steps = learner.Steps };
        try
        {
            learner.WithMean(() => PolicyCheckpoint.Save(learner.Network, target, addFiles, provenance));
        }
        catch (IOException e)
        {
            HasFailed = true;
            var rest = Newest is { } step ? $"the run is whole up to step {step}: free space and go on with --resume --out {folder.Path}" : "nothing was saved yet";
            throw new Rt1Exception($"{target}: cannot be saved ({e.Message.TrimEnd('.')}); {rest}.", e);
        }
    }
}
