namespace Rt1.Training;

/// <summary>What an optimizer step did.</summary>
public sealed record StepResult
{
    /// <summary>The whole loss over the global batch, in the scale that the gradients have.</summary>
    public required double Loss { get; init; }

    /// <summary>The action tokens' cross-entropy, nats, mean over the global batch's steps and tokens.</summary>
    public required double TokenLoss { get; init; }

    /// <summary>The attention maps' cross-entropy before its weight, nats, mean over steps and maps; what is not to be seen counts as zero.</summary>
    public required double AttentionLoss { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Gradient numbers that were not finite and were set to zero.</summary>
    public required long ZeroedGradients { get; init; }

    /// <summary>False where a scaled float16 gradient overflowed and the step was left out.</summary>
    public bool Updated { get; init; } = true;

    public required StepTimes Times { get; init; }

    /// <summary>How good the predictions of this worker's last part were; null unless asked for.</summary>
    public PredictionQuality? Quality { get; init; }
}

/// <summary>Where an optimizer step's time went, seconds.</summary>
/// <param name="Prepare">Batch and instructions to tensors.</param>
/// <param name="Exchange">Waiting for, and exchanging with, the other workers.</param>
/// <param name="Optimizer">Clipping, update, mean of the weights.</param>
public sealed record StepTimes(double Prepare, double Forward, double Backward, double Exchange, double Optimizer)
{
    public double Total => Prepare + Forward + Backward + Exchange + Optimizer;
}

/// <summary>How good predictions were.</summary>
/// <param name="Accuracy">Share of exactly right tokens for each action dimension, in the order of the tokens.</param>
/// <param name="TranslationErrorMm">Mean distance of the decoded from the demonstrated translation where the arm moves; NaN where it never does.</param>
public sealed record PredictionQuality(IReadOnlyList<double> Accuracy, double TranslationErrorMm);
