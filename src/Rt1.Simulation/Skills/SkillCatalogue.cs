using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Every skill that there is.</summary>
public static class SkillCatalogue
{
    public static IReadOnlyList<Skill> All { get; } =
    [
        new PickSkill(), new MoveNearSkill(), new OpenDrawerSkill(), new CloseDrawerSkill(), new DriveToSkill(),
        new PlaceIntoSkill(), new PickFromSkill(), new KnockOverSkill(), new PlaceUprightSkill(), new PickAnythingSkill(),
    ];

    /// <exception cref="Rt1Exception">There is no such skill.</exception>
    public static Skill Find(string name) => All.FirstOrDefault(skill => skill.Name == name)
        ?? throw new Rt1Exception($"skill: '{name}' is not known{Similarity.Hint(name, All.Select(skill => skill.Name))} Known: {string.Join(", ", All.Select(skill => skill.Name))}.");
}
