using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>What an evaluation evaluates; together with the code it determines every episode.</summary>
public sealed record EvaluationPlan
{
    public required PolicyIdentity Policy { get; init; }

    /// <summary>The same seed, the same situations.</summary>
    public required int Seed { get; init; }

    /// <summary>Over all shards.</summary>
    public required int EpisodesPerSuite { get; init; }

    /// <summary>Image size and timing.</summary>
    public required EpisodeOptions Run { get; init; }

    /// <summary>Each suite's name and the SHA-256 of its definition, in the order of the report.</summary>
    public required IReadOnlyDictionary<string, string> Definitions { get; init; }

    /// <summary>The part that was run; null for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The episodes to run, suite by suite.</summary>
    /// <param name="suites">By name: those of <see cref="Definitions"/>.</param>
    /// <exception cref="Rt1Exception">A suite's definition allows no situation.</exception>
    public IReadOnlyList<EpisodeJob> Jobs(IReadOnlyDictionary<string, SuiteConfig> suites)
    {
        var jobs = new List<EpisodeJob>();
        foreach (var name in Definitions.Keys)
        {
            var sampler = new SituationSampler(suites[name]);
            jobs.AddRange(Indices().Select(index => new EpisodeJob(name, index, sampler.Sample(Seed, index))));
        }
        return jobs;
    }

    /// <summary>The numbers of the episodes of each suite that the shard holds.</summary>
    public IEnumerable<int> Indices() => Enumerable.Range(0, EpisodesPerSuite).Where(index => Shard?.Holds(index) ?? true);
}

/// <summary>Which policy is evaluated.</summary>
/// <param name="Name">The checkpoint's own name, or <c>expert</c> or <c>random</c>.</param>
/// <param name="Fingerprint">SHA-256 of the checkpoint's files that decide; null for policies without any.</param>
public sealed record PolicyIdentity(string Name, string? Fingerprint);
