using System.ComponentModel.DataAnnotations;

namespace Rt1.Training;

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
