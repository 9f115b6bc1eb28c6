using System.ComponentModel.DataAnnotations;
using Rt1.Configuration;

namespace Rt1.Data;

/// <summary>
/// Where a dataset's values lie and how its actions become the policy's; a file of <c>configs/datasets</c>. Paths are as <c>rt1 data inspect</c>
/// prints them: those under <c>steps/</c> are of each step, others of the episode; <c>[3]</c> picks one number of a tensor.
/// </summary>
public sealed record DatasetConfig
{
    /// <summary>The dataset's folder.</summary>
    public required FilePath Path { get; init; }

    public string? Split { get; init; }

    /// <summary>Steps a second of the recorded robot.</summary>
    [Range(0, 1000, MinimumIsExclusive = true)]
    public required double RateHz { get; init; }

    /// <summary>The camera image of a step.</summary>
    public required string Image { get; init; }

    /// <summary>The instruction's text; of a step, the first step's counts.</summary>
    public string? Instruction { get; init; }

    /// <summary>Takes the place of every instruction.</summary>
    public string? RelabelledInstruction { get; init; }

    /// <summary>The instruction's embedding, where the dataset has one.</summary>
    public string? Embedding { get; init; }

    /// <summary>An episode is used only when all of these hold.</summary>
    public IReadOnlyList<EpisodeFilter> Filters { get; init; } = [];

    public required ActionMapping Action { get; init; }

    /// <summary>Where a simulator's ground truth lies, for a loss on attention; other datasets have none.</summary>
    public KeypointMapping? Keypoints { get; init; }
}

/// <summary>Where the places of things in the image are told.</summary>
public sealed record KeypointMapping
{
    public required PointMapping Target { get; init; }

    public required PointMapping Gripper { get; init; }

    public required PointMapping Reference { get; init; }
}

/// <summary>A place in the image.</summary>
public sealed record PointMapping
{
    /// <summary>Two numbers of a step in [0, 1]: from the left, from the top.</summary>
    public required string Point { get; init; }

    /// <summary>A truth value of a step: whether it is to be seen.</summary>
    public required string Visible { get; init; }
}

/// <summary>A condition on an episode.</summary>
public sealed record EpisodeFilter
{
    /// <summary>A number of the episode; of a step, the last step's counts.</summary>
    public required string Source { get; init; }

    /// <summary>The value that it must have; true is 1.</summary>
    public double Equal { get; init; } = 1;
}

/// <summary>How each part of RT-1's action is made of the dataset's values.</summary>
public sealed record ActionMapping : IValidatableObject
{
    public required ModeMapping TerminateEpisode { get; init; }

    /// <summary>x, y, z, metres.</summary>
    public required IReadOnlyList<DimensionMapping> WorldVector { get; init; }

    /// <summary>Roll, pitch, yaw, radians.</summary>
    public required IReadOnlyList<DimensionMapping> RotationDelta { get; init; }

    /// <summary>+1 close, −1 open, 0 hold.</summary>
    public required DimensionMapping GripperClosednessAction { get; init; }

    /// <summary>Radians.</summary>
    public DimensionMapping BaseDisplacementVerticalRotation { get; init; } = new() { Constant = 0 };

    /// <summary>Forward and left, metres.</summary>
    public IReadOnlyList<DimensionMapping> BaseDisplacementVector { get; init; } = [new() { Constant = 0 }, new() { Constant = 0 }];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, mapping, size) in new[]
            { ("world_vector", WorldVector, 3), ("rotation_delta", RotationDelta, 3), ("base_displacement_vector", BaseDisplacementVector, 2) })
        {
            if (mapping.Count != size)
                yield return new ValidationResult($"{name} must have {size} dimensions, has {mapping.Count}.");
        }
    }
}

/// <summary>How a step's mode is found: terminate, arm or base.</summary>
public sealed record ModeMapping : IValidatableObject
{
    /// <summary>A tensor of three, of which one is 1: terminate, arm, base.</summary>
    public string? OneHot { get; init; }

    /// <summary>The arm moves in every step but the last, which terminates.</summary>
    public bool AtLastStep { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OneHot is null == !AtLastStep)
            yield return new ValidationResult("must have one of one_hot and at_last_step.");
    }
}

/// <summary>How one number of an action is made: a constant, or source · scale + offset, then clipped.</summary>
public sealed record DimensionMapping : IValidatableObject
{
    /// <summary>A number of a step, e.g. <c>steps/action[6]</c>.</summary>
    public string? Source { get; init; }

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    /// <summary>Lowest and highest value.</summary>
    public IReadOnlyList<double>? Clip { get; init; }

    /// <summary>Makes a command binary: 1 above this value, else 0.</summary>
    public double? Threshold { get; init; }

    public double? Constant { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source is null == Constant is null)
            yield return new ValidationResult("must have one of source and constant.");
        if (Clip is not null && (Clip.Count != 2 || !(Clip[0] <= Clip[1])))
            yield return new ValidationResult("clip must be [low, high].");
    }
}
