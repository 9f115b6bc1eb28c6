namespace Rt1.Simulation;

/// <summary>How an expert's trials at one skill went.</summary>
/// <param name="Kept">Became episodes.</param>
/// <param name="Steps">Of the kept episodes.</param>
public sealed record SkillTally(long Kept, long Failed, long Diverged, long Steps)
{
    public static SkillTally operator +(SkillTally a, SkillTally b) =>
        new(a.Kept + b.Kept, a.Failed + b.Failed, a.Diverged + b.Diverged, a.Steps + b.Steps);
}

/// <summary>What was made: a shard, or a whole dataset.</summary>
/// <param name="Bytes">Of all records' data.</param>
/// <param name="Skills">By name, in the alphabet's order.</param>
public sealed record GenerationReport(long Episodes, long Steps, long Bytes, IReadOnlyDictionary<string, SkillTally> Skills)
{
    /// <summary>The sum of several.</summary>
    public static GenerationReport Of(IReadOnlyCollection<GenerationReport> parts) => new(
        parts.Sum(p => p.Episodes), parts.Sum(p => p.Steps), parts.Sum(p => p.Bytes), Sum(parts.SelectMany(p => p.Skills)));

    internal static GenerationReport Of(IEnumerable<KeyValuePair<string, SkillTally>> trials, long bytes)
    {
        var skills = Sum(trials);
        return new GenerationReport(skills.Values.Sum(t => t.Kept), skills.Values.Sum(t => t.Steps), bytes, skills);
    }

    private static SortedDictionary<string, SkillTally> Sum(IEnumerable<KeyValuePair<string, SkillTally>> tallies) => new(
        tallies.GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Select(t => t.Value).Aggregate((a, b) => a + b)), StringComparer.Ordinal);
}
