namespace Rt1.Evaluation;

/// <summary>What an evaluation found: <c>results.json</c>. It says nothing that differs between machines or numbers of workers.</summary>
/// <param name="Plan">What was evaluated.</param>
/// <param name="Suites">By name, in the plan's order.</param>
public sealed record EvaluationResult(EvaluationPlan Plan, IReadOnlyDictionary<string, SuiteScore> Suites)
{
    /// <param name="plan">What was evaluated.</param>
    /// <param name="episodes">All of its episodes.</param>
    public static EvaluationResult Of(EvaluationPlan plan, IReadOnlyList<EpisodeResult> episodes) =>
        new(plan, plan.Definitions.Keys.ToDictionary(name => name, name => SuiteScore.OfSuite([.. episodes.Where(e => e.Suite == name)])));
}
