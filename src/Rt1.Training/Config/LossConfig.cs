using System.ComponentModel.DataAnnotations;

namespace Rt1.Training;

/// <summary>How the loss is made.</summary>
public sealed record LossConfig
{
    /// <summary>Divides the loss as the reference does, by batch · window · (image tokens + action slots). Otherwise it is the mean.</summary>
    public bool ReferenceScale { get; init; } = true;

    /// <summary>
    /// Standard deviation, in bins, of the Gaussian that spreads the label of continuous motion over its neighbours; 0 leaves it one bin.
    /// Gripper and mode are never spread.
    /// </summary>
    [Range(0, 1000)]
    public double LabelSigma { get; init; }

    /// <summary>
    /// Weight of the attention loss: cross-entropy of TokenLearner's first three maps against target, gripper and reference object, where the
    /// data say where they are; 0 leaves it out.
    /// </summary>
    [Range(0, 1000)]
    public double AttentionWeight { get; init; }

    /// <summary>Standard deviation, in cells of the map, of the Gaussian that the attention maps are held to.</summary>
    [Range(0, 100, MinimumIsExclusive = true)]
    public double AttentionSigma { get; init; } = 0.6;
}

/// <summary>How much history the transformer sees while it learns: without any it learns each step faster.</summary>
public sealed record HistoryConfig
{
    /// <summary>The first part of the run in which no step attends to another.</summary>
    [Range(0, 1)]
    public double SingleStepUntil { get; init; }

    /// <summary>The part of later batches in which no step attends to another.</summary>
    [Range(0, 1)]
    public double SingleStepShare { get; init; }
}
