using System.ComponentModel.DataAnnotations;

namespace Rt1.Data;

/// <summary>Several datasets, drawn from at fixed ratios; a file of <c>configs/mixtures</c>.</summary>
public sealed record MixtureConfig : IValidatableObject
{
    /// <summary>The datasets by a name of the reader's choice.</summary>
    public required IReadOnlyDictionary<string, MixtureEntry> Datasets { get; init; }

    /// <summary>Consecutive steps of a sample (RT-1: 6).</summary>
    [Range(1, 1024)]
    public int Window { get; init; } = 6;

    /// <summary>Height of the images in a batch, pixels; others are resized bilinearly.</summary>
    [Range(1, 8192)]
    public int ImageHeight { get; init; } = 256;

    /// <summary>Width of the images in a batch, pixels.</summary>
    [Range(1, 8192)]
    public int ImageWidth { get; init; } = 320;

    public ShuffleConfig Shuffle { get; init; } = new();

    public AugmentationConfig Augmentation { get; init; } = new();

    /// <summary>More than this fraction of a dataset's episodes unusable, and drawing stops.</summary>
    [Range(0, 1)]
    public double MaxBadFraction { get; init; } = 0.001;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Datasets.Count == 0)
            yield return new ValidationResult("datasets must name at least one dataset.");
    }
}

/// <summary>A dataset of a mixture.</summary>
public sealed record MixtureEntry
{
    /// <summary>Its share of every batch, relative to the other datasets' weights.</summary>
    [Range(1, 1_000_000)]
    public int Weight { get; init; } = 1;

    public required DatasetConfig Dataset { get; init; }
}

/// <summary>How samples are shuffled: shards in random order, some of them read side by side, windows at random within a block of episodes.</summary>
public sealed record ShuffleConfig
{
    public long Seed { get; init; } = 1;

    /// <summary>Shards that are read side by side.</summary>
    [Range(1, 1024)]
    public int Shards { get; init; } = 8;

    /// <summary>Episodes of a block: it is in memory as stored, images not decoded.</summary>
    [Range(1, 1_000_000)]
    public int Episodes { get; init; } = 128;
}

/// <summary>Changes to the training images; the reference has only the crop.</summary>
public sealed record AugmentationConfig
{
    /// <summary>Pads by this fraction of the height at top and bottom, then crops back at a random place (reference: 20 of 256).</summary>
    [Range(0, 1)]
    public double PadHeight { get; init; }

    /// <summary>Pads by this fraction of the width at left and right (reference: 50 of 320).</summary>
    [Range(0, 1)]
    public double PadWidth { get; init; }

    /// <summary>What the padding is made of.</summary>
    public PaddingKind Padding { get; init; }

    /// <summary>A place of the crop for each sample instead of one for the whole batch.</summary>
    public bool CropPerSample { get; init; }

    /// <summary>Brightness is changed by up to this fraction of the full range, alike in all images of a sample.</summary>
    [Range(0, 1)]
    public double Brightness { get; init; }

    /// <summary>Contrast is changed by up to this fraction, alike in all images of a sample.</summary>
    [Range(0, 1)]
    public double Contrast { get; init; }

    /// <summary>Each colour channel is scaled by up to this fraction, alike in all images of a sample.</summary>
    [Range(0, 1)]
    public double Colour { get; init; }

    /// <summary>A square of this fraction of the height is blanked at a random place, alike in all images of a sample.</summary>
    [Range(0, 1)]
    public double Cutout { get; init; }
}

/// <summary>What lies around an image that is padded.</summary>
public enum PaddingKind
{
    /// <summary>Black, as in the reference.</summary>
    Zero,

    /// <summary>The image's outermost pixels, repeated.</summary>
    Edge,
}
