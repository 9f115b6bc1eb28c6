using System.Globalization;
using Rt1.Core;
using Rt1.Evaluation;

namespace Rt1.Cli.Evaluate;

/// <summary>Runs an evaluation's episodes in worker processes of this program.</summary>
/// <param name="quiet">Shows no progress.</param>
internal sealed class EvaluationWorkers(EvaluatedPolicy policy, Device device, int workers, bool quiet)
{
    /// <exception cref="Rt1Exception">A worker failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; all workers have ended.</exception>
    public IReadOnlyList<EpisodeResult> Run(EpisodeOptions options, IReadOnlyList<EpisodeJob> jobs, CancellationToken cancellation) =>
        Run(options, jobs, "episodes", cancellation);

    /// <summary>Runs the first failures of each suite again, now with a video of each.</summary>
    /// <param name="count">Of each suite.</param>
    /// <param name="folder">The evaluation's; videos go to <c>videos/</c> in it.</param>
    /// <exception cref="Rt1Exception">A worker failed, or a video cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; all workers have ended.</exception>
    public void WriteVideos(EpisodeOptions options, IReadOnlyList<EpisodeResult> episodes, int count, string folder, CancellationToken cancellation)
    {
        var failures = episodes.Where(e => e.Verdict != Verdict.Success).GroupBy(e => e.Suite).SelectMany(suite => suite.Take(count));
        var jobs = failures.Select(e => new EpisodeJob(e.Suite, e.Index, e.Situation, Path.Combine(folder, "videos", FileName(e)))).ToList();
        Run(policy.ForVideo(options), jobs, "videos", cancellation);
    }

    private IReadOnlyList<EpisodeResult> Run(EpisodeOptions options, IReadOnlyList<EpisodeJob> jobs, string what, CancellationToken cancellation)
    {
        if (jobs.Count == 0)
            return [];
        var arguments = EvaluateWorkerCommand.Arguments(policy, options, device)
            .Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!).ToList();
        var pool = new WorkerPool(() => WorkerProcess.Start(arguments), workers);
        var progress = new ProgressLine(quiet ? TextWriter.Null : Console.Error, isTerminal: true, what, jobs.Count, before: 0, TimeProvider.System);
        var (done, successes) = (0, 0);
        try
        {
            return pool.Run(jobs, Show, cancellation);
        }
        catch (OperationCanceledException)
        {
            progress.Finish();
            Console.Error.WriteLine($"Stopped after {done} of {jobs.Count} {what}.");
            throw;
        }
        finally
        {
            progress.Finish();
        }

        void Show(EpisodeResult result)
        {
            successes += result.Verdict == Verdict.Success ? 1 : 0;
            progress.Show(++done, $"{successes} succeeded");
        }
    }

    private static string FileName(EpisodeResult e) => $"{e.Suite}-{e.Index:d4}-{e.Situation.Task.Skill}.mp4";
}
