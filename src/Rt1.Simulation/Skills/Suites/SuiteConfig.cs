using System.ComponentModel.DataAnnotations;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Which situations there are to draw from; a file of <c>configs/evaluation</c>, and what training data is made of.</summary>
public sealed record SuiteConfig : IValidatableObject
{
    public string Robot { get; init; } = "edr";

    /// <summary>Drawn evenly.</summary>
    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>What stands on the workspace is drawn from these.</summary>
    public required IReadOnlyList<string> Objects { get; init; }

    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Objects in a scene, those that the instruction names among them.</summary>
    public CountRange ObjectCount { get; init; } = new() { Min = 3, Max = 6 };

    /// <summary>Where colours, textures and light are drawn from.</summary>
    public LookRange Look { get; init; } = LookRange.Training;

    /// <summary>Whether a distractor stands before the target and partly hides it.</summary>
    public bool Occlusion { get; init; }

    /// <summary>What training never shows.</summary>
    public required SplitConfig Split { get; init; }

    /// <summary>Which of the split's pairs the instructions come from.</summary>
    public SplitPart Part { get; init; } = SplitPart.Seen;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Skills.Count == 0)
            yield return new ValidationResult("skills must name at least one skill.");
        if (Places.Count == 0)
            yield return new ValidationResult("places must name at least one place.");
        var skills = SkillCatalogue.All.Select(skill => skill.Name).ToList();
        foreach (var name in Skills.Except(skills))
            yield return new ValidationResult($"skills: '{name}' is not known{Similarity.Hint(name, skills)} Known: {string.Join(", ", skills)}.");
        foreach (var name in Objects.Except(Scene.KnownObjects))
            yield return new ValidationResult($"objects: '{name}' is not known{Similarity.Hint(name, Scene.KnownObjects)}");
        foreach (var name in Places.Except(Scene.KnownPlaces))
            yield return new ValidationResult($"places: '{name}' is not known{Similarity.Hint(name, Scene.KnownPlaces)} Known: {string.Join(", ", Scene.KnownPlaces)}.");
        if (!Scene.KnownRobots.Contains(Robot))
            yield return new ValidationResult($"robot: '{Robot}' is not known. Known: {string.Join(", ", Scene.KnownRobots)}.");
        if (Objects.Distinct().Count() != Objects.Count)
            yield return new ValidationResult("objects: an object is named twice; each can be used once.");
        if (ObjectCount.Max > Objects.Count)
            yield return new ValidationResult($"object_count.max is {ObjectCount.Max}, but there are {Objects.Count} objects.");
    }
}

/// <summary>How many of something, both ends included.</summary>
public sealed record CountRange : IValidatableObject
{
    [Range(0, 12)]
    public required int Min { get; init; }

    [Range(0, 12)]
    public required int Max { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Min > Max)
            yield return new ValidationResult($"min must be at most max, got {Min} and {Max}.");
    }
}
