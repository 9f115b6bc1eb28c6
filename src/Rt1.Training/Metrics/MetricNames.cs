namespace Rt1.Training;

/// <summary>The names of the metrics, in the order in which they are shown.</summary>
public static class MetricNames
{
    /// <summary>The whole loss, mean over the log interval.</summary>
    public const string Loss = "loss/total";

    /// <summary>The action tokens' cross-entropy, nats, mean over tokens.</summary>
    public const string TokenLoss = "loss/tokens";

    /// <summary>The attention maps' cross-entropy before its weight, nats.</summary>
    public const string AttentionLoss = "loss/attention";

    /// <summary>Mean distance of the decoded from the demonstrated translation, millimetres, over the arm's steps.</summary>
    public const string TranslationError = "error/translation_mm";

    /// <summary>Share of action tokens that are exactly right, all dimensions.</summary>
    public const string Accuracy = "accuracy/all";

    public const string LearningRate = "optimizer/learning_rate";

    /// <summary>Norm of the whole gradient before clipping.</summary>
    public const string GradientNorm = "optimizer/gradient_norm";

    /// <summary>Gradient numbers that were not finite and were set to zero, since the run began.</summary>
    public const string ZeroedGradients = "optimizer/zeroed_gradients";

    /// <summary>Images a second, all workers together.</summary>
    public const string ImagesPerSecond = "speed/images_per_second";

    /// <summary>Seconds of an optimizer step.</summary>
    public const string StepSeconds = "speed/step_seconds";

    /// <summary>Part of the time spent waiting for data, in [0, 1].</summary>
    public const string LoaderShare = "speed/loader_share";

    /// <summary>Success rate of in-loop evaluation, in [0, 1].</summary>
    public const string Success = "evaluation/success";

    /// <summary>Pictures of training frames with TokenLearner's attention maps.</summary>
    public const string AttentionImages = "attention";

    /// <summary>Share of exactly right tokens of one action dimension, e.g. <c>accuracy/world_vector.x</c>.</summary>
    public static string AccuracyOf(string token) => $"accuracy/{token}";
}
