using System.Text.Json.Serialization;

namespace Rt1.Evaluation;

/// <summary>Successes among some episodes.</summary>
public record Score
{
    public required int Episodes { get; init; }

    public required int Successes { get; init; }

    /// <summary>Successes per episode; 0 when there was none.</summary>
    public required double SuccessRate { get; init; }

    /// <summary>The lowest and highest rate of the 95% Wilson interval.</summary>
    public required IReadOnlyList<double> Ci95 { get; init; }

    /// <summary>How often episodes failed in which way; every way is there.</summary>
    public required IReadOnlyDictionary<Verdict, int> Failures { get; init; }

    /// <summary>Steps of a successful episode in the mean; null when there was none.</summary>
    public required double? MeanStepsOfSuccesses { get; init; }

    public static Score Of(IReadOnlyCollection<EpisodeResult> episodes)
    {
        var successes = episodes.Where(e => e.Verdict == Verdict.Success).ToList();
        var (low, high) = WilsonInterval.Of(successes.Count, episodes.Count);
        return new Score
        {
            Episodes = episodes.Count,
            Successes = successes.Count,
            SuccessRate = episodes.Count == 0 ? 0 : (double)successes.Count / episodes.Count,
            Ci95 = [low, high],
            Failures = Verdicts.Failures.ToDictionary(verdict => verdict, verdict => episodes.Count(e => e.Verdict == verdict)),
            MeanStepsOfSuccesses = successes.Count == 0 ? null : successes.Average(e => e.Steps),
        };
    }
}

/// <summary>A suite's successes.</summary>
public sealed record SuiteScore : Score
{
    /// <summary>By skill, in the order of their names.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyDictionary<string, Score> PerSkill { get; init; }

    public static SuiteScore OfSuite(IReadOnlyCollection<EpisodeResult> episodes)
    {
        var all = Score.Of(episodes);
        var skills = episodes.GroupBy(e => e.Situation.Task.Skill).OrderBy(group => group.Key, StringComparer.Ordinal);
        return new SuiteScore
        {
            Episodes = all.Episodes,
            Successes = all.Successes,
            SuccessRate = all.SuccessRate,
            Ci95 = all.Ci95,
            Failures = all.Failures,
            MeanStepsOfSuccesses = all.MeanStepsOfSuccesses,
            PerSkill = skills.ToDictionary(group => group.Key, group => Score.Of([.. group])),
        };
    }
}
