using Rt1.Core;
using Rt1.Evaluation;

namespace Rt1.Cli.Evaluate;

/// <summary>Runs an evaluation's episodes in children of this program.</summary>
internal sealed class EvaluationWorkers(EvaluatedPolicy policy, Device device, int workers)
{
    /// <exception cref="Rt1Exception">A worker died.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; all workers have ended.</exception>
    public IReadOnlyList<EpisodeResult> Run(EpisodeOptions options, IReadOnlyList<EpisodeJob> jobs, bool quiet, CancellationToken cancellation)
    {
        var pool = new WorkerPool(() => OwnProcess.Start(EvaluateWorkerCommand.Arguments(policy, options, device)), workers);
        return EvaluationProgress.Show("episodes", jobs.Count, quiet, done => pool.Run(jobs, done, cancellation));
    }

    /// <summary>Runs the first failures of each suite again, now with a video of each.</summary>
    /// <param name="count">Of each suite.</param>
    /// <param name="folder">The evaluation's; videos go to <c>videos/</c> in it.</param>
    public void WriteVideos(EpisodeOptions options, IReadOnlyList<EpisodeResult> episodes, int count, string folder, bool quiet, CancellationToken cancellation)
    {
        var failures = episodes.Where(e => e.Verdict != Verdict.Success).GroupBy(e => e.Suite).SelectMany(suite => suite.Take(count));
        var jobs = failures.Select(e => new EpisodeJob(e.Suite, e.Index, e.Situation, Path.Combine(folder, "videos", FileName(e)))).ToList();
        if (jobs.Count == 0)
            return;
        var pool = new WorkerPool(() => OwnProcess.Start(EvaluateWorkerCommand.Arguments(policy, policy.ForVideo(options), device)), workers);
        EvaluationProgress.Show("videos", jobs.Count, quiet, done => pool.Run(jobs, done, cancellation));
    }

    private static string FileName(EpisodeResult e) => $"{e.Suite}-{e.Index:d4}-{e.Situation.Task.Skill}.mp4";
}
