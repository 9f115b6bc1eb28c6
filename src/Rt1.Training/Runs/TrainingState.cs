using System.Text.Json;
using Rt1.Data;
using Rt1.Model.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>What a checkpoint holds beside the policy, so that a run goes on as if it had never stopped: <c>training.json</c>.</summary>
public sealed record TrainingState
{
    public const string StateFile = "training.json";
    public const string TensorFile = "training.safetensors";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Optimizer steps done. What is random in a step follows from the seed and this number: no generator's state is needed.</summary>
    public required long Step { get; init; }

    /// <summary>Updates of the optimizer; fewer than steps where float16 overflowed.</summary>
    public required long Updates { get; init; }

    /// <summary>Time in training so far.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The position in the data, the same for all workers.</summary>
    public required MixtureState Data { get; init; }

    /// <summary>Gradient numbers that were not finite and were set to zero, so far.</summary>
    public long ZeroedGradients { get; init; }

    /// <summary>The value of the best policy so far, and what it measures: success, or the loss with a minus.</summary>
    public double? Best { get; init; }

    /// <summary>The steps of the log interval that is under way.</summary>
    public IReadOnlyList<StepResult> Interval { get; init; } = [];

    /// <summary>The mean loss of the last whole log interval; null before.</summary>
    public double? LastLoss { get; init; }

    public double LossScale { get; init; } = 1;

    public int LossScaleSteady { get; init; }

    /// <summary>Name and shape of the parts of the rows in the tensor file.</summary>
    public required IReadOnlyList<string> Layout { get; init; }

    /// <summary>Writes the state and the learner's numbers into a checkpoint folder.</summary>
    internal void Write(string folder, Learner learner)
    {
        SafetensorsFile.Write(Path.Combine(folder, TensorFile), Tensors(learner));
        File.WriteAllBytes(Path.Combine(folder, StateFile), JsonSerializer.SerializeToUtf8Bytes(this, Json));
    }

    /// <exception cref="CheckpointException">The folder has no such state: it is a policy alone.</exception>
    public static TrainingState Read(string folder)
    {
        var file = Path.Combine(folder, StateFile);
        if (!File.Exists(file))
            throw new CheckpointException(folder, $"it has no {StateFile}: it holds a policy alone, which start.init_from takes.");
        return JsonSerializer.Deserialize<TrainingState>(File.ReadAllBytes(file), Json)!;
    }

    /// <summary>Reads the numbers back into a learner of the same layout.</summary>
    /// <exception cref="CheckpointException">The learner's network or optimizer is another one.</exception>
    internal void Restore(string folder, Learner learner)
    {
        if (!Layout.SequenceEqual(learner.Weights.Layout))
        {
            var other = Layout.Except(learner.Weights.Layout).Concat(learner.Weights.Layout.Except(Layout)).FirstOrDefault() ?? "the order";
            throw new CheckpointException(folder, $"it was trained with another network, they differ in '{other}'; go on with the run's own {nameof(RunFolder.ConfigFile)}, or start anew with start.init_from.");
        }
        using var noGrad = no_grad();
        using var file = SafetensorsFile.Open(Path.Combine(folder, TensorFile));
        foreach (var (name, target) in Tensors(learner))
        {
            using var scope = NewDisposeScope();
            target.copy_(file.Read(name));
        }
        learner.Weights.Publish(learner.Weights.Values, learner.Weights.Statistics);
        (learner.Steps, learner.Optimizer.Updates) = (Step, Updates);
        (learner.Scale.Factor, learner.Scale.Steady) = (LossScale, LossScaleSteady);
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors(Learner learner)
    {
        yield return new("weights", learner.Weights.Values);
        yield return new("statistics", learner.Weights.Statistics);
        yield return new("moment1", learner.Optimizer.Moment1);
        yield return new("moment2", learner.Optimizer.Moment2);
        if (learner.Mean is not { } mean)
            yield break;
        yield return new("mean_weights", mean.Values);
        yield return new("mean_statistics", mean.Statistics);
    }
}
