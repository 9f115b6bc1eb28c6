using System.ComponentModel.DataAnnotations;

namespace Rt1.Configuration;

/// <summary>
/// All that is needed to build and run a policy: the presets in <c>configs/models</c>, and <c>policy.yaml</c> beside a checkpoint's weights.
/// The defaults are RT-1 as published (arXiv 2212.06817).
/// </summary>
public sealed record PolicyConfig : IValidatableObject
{
    /// <summary>A short name that is shown and recorded.</summary>
    public string Name { get; init; } = "rt1";

    public ImageConfig Image { get; init; } = new();

    public NetworkConfig Network { get; init; } = new();

    public ActionSpaceConfig ActionSpace { get; init; } = new();

    public InstructionConfig Instruction { get; init; } = new();

    public DecodeConfig Decode { get; init; } = new();

    public ProvenanceConfig Provenance { get; init; } = new();

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var smallest = Math.Pow(2, 1 + Network.Backbone.Stages.Count(stage => stage.Stride == 2));
        if (Image.Size < smallest)
            yield return new ValidationResult($"image.size must be at least {smallest} for the strides of network.backbone, which would leave no map; got {Image.Size}.");
    }
}

/// <summary>The camera image and what becomes of it before the network.</summary>
public sealed record ImageConfig
{
    /// <summary>Rows of the frames that the policy takes.</summary>
    [Range(1, 8192)]
    public int Height { get; init; } = 256;

    /// <summary>Columns of the frames that the policy takes.</summary>
    [Range(1, 8192)]
    public int Width { get; init; } = 320;

    /// <summary>Frames are resized to this many rows and columns; the aspect ratio is not kept.</summary>
    [Range(8, 2048)]
    public int Size { get; init; } = 300;
}

/// <summary>How logits become an action.</summary>
public sealed record DecodeConfig
{
    /// <summary>Takes the best of the modes that exist. Without it a token beyond them is surfaced, for the safety supervisor to refuse.</summary>
    public bool ValidModes { get; init; }

    /// <summary>How translation, rotation and base displacement are read; gripper and mode are always the most likely token.</summary>
    public MotionDecoding Motion { get; init; } = MotionDecoding.Argmax;
}

/// <summary>How the tokens of continuous motion are read from their logits.</summary>
public enum MotionDecoding
{
    /// <summary>The most likely token, as the reference does.</summary>
    Argmax,

    /// <summary>The token nearest to the expected one: smoother where labels were smoothed over neighbouring bins.</summary>
    Mean,
}

/// <summary>Where a policy's weights come from.</summary>
public sealed record ProvenanceConfig
{
    /// <summary>One line: what made the weights, e.g. "imported from rt1main/ckpt-424760".</summary>
    public string Source { get; init; } = "random weights";

    /// <summary>The seed of random weights.</summary>
    public int? Seed { get; init; }

    /// <summary>Optimizer steps that the weights have seen.</summary>
    public long? Steps { get; init; }
}
