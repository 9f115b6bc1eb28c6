namespace Rt1.Simulation;

/// <summary>What an instruction asks for: a skill and the things it is about.</summary>
public sealed record SkillTask
{
    /// <summary>One of <see cref="SkillCatalogue"/>'s names, e.g. <c>move_near</c>.</summary>
    public required string Skill { get; init; }

    /// <summary>What the skill acts on: an object, a drawer (<c>top</c>), or a place to drive to (<c>table</c>).</summary>
    public required string Target { get; init; }

    /// <summary>The other thing of skills that have one: the Y of "move X near Y".</summary>
    public string? Reference { get; init; }

    /// <summary>The sentence, e.g. "move apple near red can".</summary>
    public required string Instruction { get; init; }
}
