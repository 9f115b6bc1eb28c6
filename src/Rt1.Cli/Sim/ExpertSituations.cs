using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Cli.Sim;

/// <summary>The situations of several suites, their skills in turn.</summary>
internal sealed class ExpertSituations
{
    private readonly List<(SituationSampler Sampler, int Skills, int First)> _suites = [];
    private readonly int _skills;

    /// <param name="suites">By name.</param>
    /// <param name="only">Names of skills with commas between them; null for all.</param>
    /// <exception cref="Rt1Exception">A skill is in none of the suites, or a suite cannot have one of its skills.</exception>
    public ExpertSituations(IReadOnlyDictionary<string, SuiteConfig> suites, string? only)
    {
        var known = suites.Values.SelectMany(suite => suite.Skills).Distinct().ToList();
        var wanted = only?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. known];
        if (wanted.Except(known).FirstOrDefault() is { } unknown)
            throw new Rt1Exception($"--skills: '{unknown}' is in none of the suites{Similarity.Hint(unknown, known)}");
        foreach (var suite in suites.Values)
        {
            var skills = suite.Skills.Intersect(wanted).ToList();
            if (skills.Count == 0)
                continue;
            _suites.Add((new SituationSampler(suite with { Skills = skills }), skills.Count, _skills));
            _skills += skills.Count;
        }
        if (_skills == 0)
            throw new Rt1Exception("--skills: names no skill.");
    }

    /// <inheritdoc cref="SituationSampler.Sample"/>
    public Situation Sample(int seed, int index)
    {
        var (round, turn) = Math.DivRem(index, _skills);
        var (sampler, skills, first) = _suites.Last(suite => suite.First <= turn);
        return sampler.Sample(seed, (long)round * skills + turn - first);
    }
}
