using System.ComponentModel.DataAnnotations;
using Rt1.Core;

namespace Rt1.Configuration;

/// <summary>The action tokens: order, bounds and vocabulary. The default is RT-1's (Open X-Embodiment).</summary>
public sealed record ActionSpaceConfig : IValidatableObject
{
    [Range(3, 65536)]
    public int VocabularySize { get; init; } = ActionSpace.Default.VocabularySize;

    /// <summary>All action fields in the order of their tokens.</summary>
    public IReadOnlyList<ActionFieldConfig> Fields { get; init; } =
        [.. ActionSpace.Default.Fields.Select(f => new ActionFieldConfig { Name = f.Name, Low = f.Low, High = f.High })];

    /// <exception cref="Rt1Exception">A field is unknown, missing or repeated, or its bounds are empty.</exception>
    public ActionSpace ToActionSpace() => new([.. Fields.Select(f => f.ToField())], VocabularySize);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        try
        {
            ToActionSpace();
            return [];
        }
        catch (Rt1Exception e)
        {
            return [new ValidationResult($"is not valid: {e.Message}")];
        }
    }
}

/// <summary>One action field; size and kind follow from its name.</summary>
public sealed record ActionFieldConfig
{
    /// <summary>One of RT-1's field names, e.g. <c>world_vector</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Lower bound in the field's unit (metres, radians); the mode has none.</summary>
    public float Low { get; init; }

    /// <summary>Upper bound in the field's unit (metres, radians); the mode has none.</summary>
    public float High { get; init; }

    internal ActionField ToField() => new(
        Name,
        Name == ActionFields.TerminateEpisode ? ActionFieldKind.Discrete : ActionFieldKind.Continuous,
        ActionFields.Sizes.GetValueOrDefault(Name),
        Low,
        High);
}
