using System.ComponentModel.DataAnnotations;
using Rt1.Configuration;
using Rt1.Data;

namespace Rt1.Training;

/// <summary>A training run; a file of <c>configs/training</c>. The defaults are the reference's.</summary>
public sealed record TrainingConfig : IValidatableObject
{
    /// <summary>A short name that is shown and recorded.</summary>
    public string Name { get; init; } = "training";

    /// <summary>The network, its images, action space and decoding: a preset of <c>configs/models</c>.</summary>
    public required PolicyConfig Policy { get; init; }

    /// <summary>
    /// The episodes: a file of <c>configs/mixtures</c>, or its keys. Window and image size are the policy's, whatever stands there.
    /// </summary>
    public required MixtureConfig Data { get; init; }

    /// <summary>Seeds the weights, dropout and the history curriculum. The order of samples has its own, <c>data.shuffle.seed</c>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Windows of an optimizer step, all workers and all accumulated parts together.</summary>
    [Range(1, 1_000_000)]
    public int BatchSize { get; init; } = 8;

    /// <summary>Parts into which a worker's share of the batch is cut; their gradients are summed before the optimizer steps.</summary>
    [Range(1, 1000)]
    public int Accumulation { get; init; } = 1;

    public StartConfig Start { get; init; } = new();

    /// <summary>How the trained policy reads its logits, in place of what <see cref="Policy"/> says; written into its <c>policy.yaml</c>.</summary>
    public DecodeConfig? Decode { get; init; }

    public InstructionTrainingConfig Instruction { get; init; } = new();

    public ScheduleConfig Schedule { get; init; } = new();

    public OptimizerConfig Optimizer { get; init; } = new();

    public LossConfig Loss { get; init; } = new();

    /// <summary>Normalises by the running statistics, as at run time, and leaves them as they are.</summary>
    public bool FreezeBatchNorm { get; init; }

    public HistoryConfig History { get; init; } = new();

    public LoaderConfig Loader { get; init; } = new();

    public ComputeConfig Compute { get; init; } = new();

    public SavingConfig Saving { get; init; } = new();

    public LogConfig Log { get; init; } = new();

    public EvaluationConfig Evaluation { get; init; } = new();

    /// <summary>The policy that is trained: <see cref="Policy"/> with <see cref="Decode"/>.</summary>
    internal PolicyConfig TrainedPolicy => Policy with { Decode = Decode ?? Policy.Decode };

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (BatchSize % Accumulation != 0)
            yield return new ValidationResult($"batch_size {BatchSize} must be a multiple of accumulation {Accumulation}.");
        if (Loss.AttentionWeight > 0 && Policy.Network.TokenLearner.Tokens < Keypoints.Count)
            yield return new ValidationResult($"loss.attention_weight needs at least {Keypoints.Count} tokens in policy.network.token_learner, got {Policy.Network.TokenLearner.Tokens}.");
    }
}

/// <summary>Where the weights start.</summary>
public sealed record StartConfig
{
    /// <summary>EfficientNet weights (safetensors of timm or torchvision) for the image tokenizer; the rest is random.</summary>
    public FilePath? ImageNet { get; init; }

    /// <summary>A checkpoint folder whose weights are taken over where name and shape agree.</summary>
    public FilePath? InitFrom { get; init; }
}

/// <summary>How instructions become the network's context in training.</summary>
public sealed record InstructionTrainingConfig
{
    public InstructionEncoderKind Encoder { get; init; } = InstructionEncoderKind.Embedded;

    /// <summary>Width of a word's vector (learned encoder).</summary>
    [Range(1, 4096)]
    public int EmbeddingSize { get; init; } = 64;

    /// <summary>Instructions whose words the learned encoder shall know; none takes those of the training data.</summary>
    public IReadOnlyList<string>? Instructions { get; init; }
}

/// <summary>The instruction encoders of a training run.</summary>
public enum InstructionEncoderKind
{
    /// <summary>The embeddings that the datasets carry; where they carry none, and at run time, <c>policy.instruction.bank</c>.</summary>
    Embedded,

    /// <summary>The bank of <c>policy.instruction.bank</c>, whatever the datasets carry.</summary>
    Bank,

    /// <summary>Word vectors that are trained with the policy.</summary>
    Learned,
}
