using Rt1.Evaluation;
using Rt1.Training;

namespace Rt1.Cli.Evaluate;

/// <summary>Evaluates checkpoints while they are trained, in children of this program: a process with libtorch can no longer render.</summary>
/// <param name="suites">Names or files of suites, with commas between them.</param>
/// <param name="episodes">Of each suite.</param>
/// <param name="seed">The same for every checkpoint, so that they meet the same situations.</param>
/// <param name="workers">Processes.</param>
internal sealed class InLoopEvaluation(string suites, int episodes, int seed, int workers) : IPolicyEvaluation
{
    /// <inheritdoc/>
    /// <returns>Success rates: the mean of the suites under <see cref="MetricNames.Success"/>, and under it by suite, and by suite and skill.</returns>
    public IReadOnlyDictionary<string, double> Evaluate(string checkpoint, long step, CancellationToken cancellation)
    {
        var policy = EvaluatedPolicy.Find(checkpoint);
        var configs = SuiteFiles.Load(suites, []);
        var plan = new EvaluationPlan
        {
            Policy = policy.Identity,
            Seed = seed,
            EpisodesPerSuite = episodes,
            Run = policy.Options(EpisodeOptions.DefaultLatency),
            Definitions = configs.ToDictionary(suite => suite.Key, suite => SuiteFiles.Fingerprint(suite.Value)),
        };
        var results = new EvaluationWorkers(policy, Device.Cpu, workers, quiet: true).Run(plan.Run, plan.Jobs(configs), cancellation);
        return Metrics(EvaluationResult.Of(plan, results));
    }

    private static Dictionary<string, double> Metrics(EvaluationResult result)
    {
        var metrics = new Dictionary<string, double> { [MetricNames.Success] = result.Suites.Values.Average(suite => suite.SuccessRate) };
        foreach (var (suite, score) in result.Suites)
        {
            metrics[$"{MetricNames.Success}/{suite}"] = score.SuccessRate;
            foreach (var (skill, part) in score.PerSkill)
                metrics[$"{MetricNames.Success}/{suite}/{skill}"] = part.SuccessRate;
        }
        return metrics;
    }
}
