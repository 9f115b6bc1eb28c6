using System.ComponentModel.DataAnnotations;

namespace Rt1.Configuration;

/// <summary>The sizes of RT-1's network. One code builds every member of the family.</summary>
public sealed record NetworkConfig
{
    /// <summary>Steps of history that the transformer sees, the current one included.</summary>
    [Range(1, 64)]
    public int Window { get; init; } = 6;

    /// <summary>Length of the instruction's embedding.</summary>
    [Range(1, 16384)]
    public int ContextSize { get; init; } = 512;

    /// <summary>Channels of the feature map that TokenLearner reads, and of the image tokens.</summary>
    [Range(1, 16384)]
    public int EmbeddingSize { get; init; } = 512;

    public BackboneConfig Backbone { get; init; } = new();

    /// <summary>Adds a learned embedding of each cell to the feature map. RT-1 has none; small networks learn much faster with it.</summary>
    public bool MapPositionEmbedding { get; init; }

    public TokenLearnerConfig TokenLearner { get; init; } = new();

    public TransformerConfig Transformer { get; init; } = new();
}

/// <summary>The convolutional network: an EfficientNet with FiLM after each block.</summary>
public sealed record BackboneConfig : IValidatableObject
{
    /// <summary>Multiplies every channel count, rounded to multiples of 8 (EfficientNet-B3: 1.2).</summary>
    [Range(0.1, 10)]
    public double WidthMultiplier { get; init; } = 1.2;

    /// <summary>Multiplies every stage's repeats, rounded up (EfficientNet-B3: 1.4).</summary>
    [Range(0.1, 10)]
    public double DepthMultiplier { get; init; } = 1.4;

    /// <summary>Channels of the first 3×3 convolution (stride 2), before the multiplier.</summary>
    [Range(1, 1024)]
    public int StemChannels { get; init; } = 32;

    public IReadOnlyList<StageConfig> Stages { get; init; } =
    [
        new() { Repeats = 1, Kernel = 3, Stride = 1, Expansion = 1, Channels = 16 },
        new() { Repeats = 2, Kernel = 3, Stride = 2, Expansion = 6, Channels = 24 },
        new() { Repeats = 2, Kernel = 5, Stride = 2, Expansion = 6, Channels = 40 },
        new() { Repeats = 3, Kernel = 3, Stride = 2, Expansion = 6, Channels = 80 },
        new() { Repeats = 3, Kernel = 5, Stride = 1, Expansion = 6, Channels = 112 },
        new() { Repeats = 4, Kernel = 5, Stride = 2, Expansion = 6, Channels = 192 },
        new() { Repeats = 1, Kernel = 3, Stride = 1, Expansion = 6, Channels = 320 },
    ];

    /// <summary>Channels of the last 1×1 convolution, before the multiplier; none leaves it out.</summary>
    [Range(1, 16384)]
    public int? TopChannels { get; init; } = 1280;

    /// <summary>Width of squeeze-and-excitation as a part of the block's input channels. Fused blocks have none.</summary>
    [Range(0, 1)]
    public double SqueezeRatio { get; init; } = 0.25;

    /// <summary>Drop probability of the last block's residual branch; earlier blocks drop in proportion to their depth.</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double DropConnect { get; init; } = 0.2;

    [Range(0, 1)]
    public double BatchNormEpsilon { get; init; } = 1e-3;

    /// <summary>Part of the running statistics that one training step keeps.</summary>
    [Range(0, 1)]
    public double BatchNormMomentum { get; init; } = 0.99;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Stages.Count == 0)
            yield return new ValidationResult("needs at least one stage.");
    }
}

/// <summary>One stage of blocks of equal shape; the first block has the stride.</summary>
public sealed record StageConfig : IValidatableObject
{
    public BlockKind Block { get; init; } = BlockKind.MbConv;

    [Range(1, 100)]
    public int Repeats { get; init; } = 1;

    [Range(1, 15)]
    public int Kernel { get; init; } = 3;

    [Range(1, 2)]
    public int Stride { get; init; } = 1;

    /// <summary>Channels inside the block, as a multiple of its input's.</summary>
    [Range(1, 64)]
    public int Expansion { get; init; } = 6;

    /// <summary>Output channels, before the multiplier.</summary>
    [Range(1, 16384)]
    public required int Channels { get; init; }

    /// <summary>The padding of these kernels keeps the map's size, or halves it.</summary>
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Kernel % 2 == 0 || Kernel < 2 * Stride - 1)
            yield return new ValidationResult($"needs an odd kernel, with stride 2 of at least 3; got kernel {Kernel} with stride {Stride}.");
    }
}

/// <summary>The inverted-residual block of a stage.</summary>
public enum BlockKind
{
    /// <summary>1×1 expansion, depthwise convolution, squeeze-and-excitation, 1×1 projection (EfficientNet).</summary>
    MbConv,

    /// <summary>One full convolution in place of expansion and depthwise, then the projection (EfficientNetV2); fast on small maps.</summary>
    FusedMbConv,
}

/// <summary>TokenLearner v1.1: how many tokens an image becomes.</summary>
public sealed record TokenLearnerConfig
{
    /// <summary>Tokens per image.</summary>
    [Range(1, 1024)]
    public int Tokens { get; init; } = 8;

    [Range(1, 16384)]
    public int HiddenSize { get; init; } = 64;
}

/// <summary>The decoder-only transformer.</summary>
public sealed record TransformerConfig
{
    [Range(1, 256)]
    public int Layers { get; init; } = 8;

    [Range(1, 65536)]
    public int Width { get; init; } = 512;

    [Range(1, 1024)]
    public int Heads { get; init; } = 8;

    /// <summary>Size of one head's queries, keys and values; RT-1's 8 × 128 exceeds its width.</summary>
    [Range(1, 65536)]
    public int KeySize { get; init; } = 128;

    /// <summary>Hidden size of a two-layer feed-forward with GELU; none is RT-1's single dense layer without activation.</summary>
    [Range(1, 262144)]
    public int? FeedForwardSize { get; init; }

    /// <summary>A layer normalisation before the output; RT-1 has none.</summary>
    public bool FinalNorm { get; init; }

    /// <summary>Dropout of attention weights and of the feed-forward's output, in training.</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Dropout { get; init; } = 0.1;
}
