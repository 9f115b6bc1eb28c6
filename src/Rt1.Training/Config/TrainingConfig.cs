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

/// <summary>How batches are made.</summary>
public sealed record LoaderConfig
{
    /// <summary>Threads that decode images; none takes one less than the processors, at least one.</summary>
    [Range(1, 256)]
    public int? Threads { get; init; }

    /// <summary>Batches that are made ahead of their use.</summary>
    [Range(1, 64)]
    public int BatchesAhead { get; init; } = 2;

    /// <summary>
    /// Resizes frames to the network's input when they are decoded, and rounds them to 8 bits; otherwise the network does it, on the frames as
    /// they are. Where the size halves, the two differ by half a grey level at most.
    /// </summary>
    public bool ResizeFirst { get; init; }

    /// <summary>Memory for decoded frames, megabytes, so that each is decoded once; 0 decodes anew each time.</summary>
    [Range(0, 1e7)]
    public double CacheMegabytes { get; init; }
}

/// <summary>What computes.</summary>
public sealed record ComputeConfig
{
    /// <summary><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    [RegularExpression("cpu|cuda(:[0-9]+)?", ErrorMessage = "must be cpu, cuda or cuda:N.")]
    public string Device { get; init; } = "cpu";

    /// <summary>libtorch's threads; none leaves its own choice.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }

    /// <summary>The type of matrix products and convolutions.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Keeps images and maps with channels innermost.</summary>
    public bool ChannelsLast { get; init; } = true;
}

/// <summary>Number formats of matrix products and convolutions.</summary>
public enum Precision
{
    Float32,

    /// <summary>bfloat16 by autocast.</summary>
    Bf16,

    /// <summary>float16 by autocast, with a scaled loss; CUDA only.</summary>
    Fp16,
}

/// <summary>Checkpoints of a run.</summary>
public sealed record SavingConfig
{
    /// <summary>Optimizer steps between checkpoints.</summary>
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 1000;

    /// <summary>Newest checkpoints that are kept, beside the best one.</summary>
    [Range(1, 1000)]
    public int KeepLast { get; init; } = 2;
}

/// <summary>What is logged when.</summary>
public sealed record LogConfig
{
    /// <summary>Optimizer steps between lines of the log.</summary>
    [Range(1, 1_000_000)]
    public int EverySteps { get; init; } = 50;

    /// <summary>Optimizer steps between pictures of attention maps; 0 for none.</summary>
    [Range(0, 1_000_000_000)]
    public int ImagesEverySteps { get; init; } = 1000;
}

/// <summary>Evaluation while training.</summary>
public sealed record EvaluationConfig
{
    /// <summary>Optimizer steps between evaluations; 0 for none.</summary>
    [Range(0, 1_000_000_000)]
    public long EverySteps { get; init; }

    /// <summary>Suites of <c>configs/evaluation</c>, by name or file, with commas between them.</summary>
    public string Suites { get; init; } = "seen";

    /// <summary>Episodes of each suite.</summary>
    [Range(1, 100_000)]
    public int Episodes { get; init; } = 20;
}
