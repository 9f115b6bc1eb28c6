using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>
/// Evaluates a policy on a suite in this process, episode after episode. A process that has loaded libtorch before can no longer render:
/// there, <see cref="WorkerPool"/> runs the episodes.
/// </summary>
public static class SuiteEvaluation
{
    /// <param name="suite">Which situations there are.</param>
    /// <param name="options">Image size and timing.</param>
    /// <param name="policyOf">The policy for a trial; it stays its owner's.</param>
    /// <param name="episodes">How many.</param>
    /// <param name="seed">The same seed, the same situations.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Rt1Exception">The suite's situations cannot be built.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SuiteScore Run(
        SuiteConfig suite, EpisodeOptions options, Func<Trial, IPolicy> policyOf, int episodes, int seed, CancellationToken cancellation = default)
    {
        var sampler = new SituationSampler(suite);
        var runner = new EpisodeRunner(options, policyOf);
        return SuiteScore.OfSuite([.. Enumerable.Range(0, episodes).Select(index => runner.Run(new EpisodeJob("", index, sampler.Sample(seed, index)), cancellation))]);
    }
}
