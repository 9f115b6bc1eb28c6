using System.ComponentModel.DataAnnotations;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// What training never shows: <c>configs/evaluation/split.yaml</c>. Suites and training data take the same file, so that they cannot
/// disagree.
/// </summary>
public sealed record SplitConfig : IValidatableObject
{
    /// <summary>By skill: targets that are trained with other skills, and the skill with other targets, but never together.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> HeldOut { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Places that training never shows.</summary>
    public IReadOnlyList<string> UnseenPlaces { get; init; } = [];

    /// <summary>Whether a skill is held out with a target.</summary>
    public bool Holds(string skill, string target) => HeldOut.TryGetValue(skill, out var targets) && targets.Contains(target);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var known = SkillCatalogue.All.Select(skill => skill.Name);
        foreach (var skill in HeldOut.Keys.Except(known))
            yield return new ValidationResult($"held_out: '{skill}' is not a known skill{Similarity.Hint(skill, known)}");
    }
}

/// <summary>A part of the (skill, target) pairs.</summary>
public enum SplitPart
{
    /// <summary>The pairs that training shows.</summary>
    Seen,

    /// <summary>The held-out pairs.</summary>
    Unseen,
}
