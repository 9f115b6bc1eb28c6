using System.ComponentModel.DataAnnotations;

namespace Rt1.Training;

/// <summary>How weights follow gradients. The defaults are the reference's: Keras' Adam.</summary>
public sealed record OptimizerConfig : IValidatableObject
{
    public OptimizerKind Kind { get; init; } = OptimizerKind.Adam;

    /// <summary>The highest learning rate.</summary>
    [Range(0, 10, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Decay of the two moments.</summary>
    public IReadOnlyList<double> Betas { get; init; } = [0.9, 0.999];

    [Range(0, 1, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>
    /// Part of a weight, times the learning rate, that each step takes away (AdamW). Parameters of one dimension – biases, norms – have none.
    /// </summary>
    [Range(0, 10)]
    public double WeightDecay { get; init; }

    /// <summary>The gradient is shortened to this norm; none leaves it.</summary>
    [Range(0, 1e9, MinimumIsExclusive = true)]
    public double? ClipNorm { get; init; }

    /// <summary>Decay of the running mean of the weights, which is what a checkpoint's policy has; none keeps no mean. It rises to this as (1 + step)/(10 + step).</summary>
    [Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? EmaDecay { get; init; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Betas.Count != 2 || Betas.Any(beta => beta is < 0 or >= 1))
            yield return new ValidationResult($"betas must be two numbers in [0, 1), got {string.Join(", ", Betas)}.");
        if (WeightDecay > 0 && Kind == OptimizerKind.Adam)
            yield return new ValidationResult("weight_decay needs kind: adamw.");
    }
}

/// <summary>The optimizers.</summary>
public enum OptimizerKind
{
    Adam,

    /// <summary>Adam with decoupled weight decay (arXiv 1711.05101).</summary>
    Adamw,
}

/// <summary>How long a run lasts, and the learning rate over it.</summary>
public sealed record ScheduleConfig : IValidatableObject
{
    /// <summary>Optimizer steps of the run.</summary>
    [Range(1, long.MaxValue)]
    public long? Steps { get; init; }

    /// <summary>
    /// Minutes of the run, whatever the steps. The schedule then follows the clock where it is ahead of the steps, so no two runs are alike.
    /// </summary>
    [Range(0, 1e7, MinimumIsExclusive = true)]
    public double? MaxMinutes { get; init; }

    /// <summary>Steps over which the learning rate rises from zero.</summary>
    [Range(0, long.MaxValue)]
    public long WarmUpSteps { get; init; }

    public DecayKind Decay { get; init; } = DecayKind.Constant;

    /// <summary>The part of the learning rate that is left at the end (cosine).</summary>
    [Range(0, 1)]
    public double FinalShare { get; init; } = 0.02;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Steps is null && MaxMinutes is null)
            yield return new ValidationResult("needs steps, max_minutes or both.");
    }
}

/// <summary>The learning rate after the warm-up.</summary>
public enum DecayKind
{
    Constant,

    /// <summary>Half a cosine, down to <see cref="ScheduleConfig.FinalShare"/>.</summary>
    Cosine,
}
