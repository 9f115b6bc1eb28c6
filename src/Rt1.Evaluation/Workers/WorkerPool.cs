using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Runs episodes in other processes, one episode at a time in each. Which worker takes which makes no difference to the results.</summary>
/// <param name="start">Starts a worker.</param>
/// <param name="workers">How many there are at most.</param>
public sealed class WorkerPool(Func<IEpisodeWorker> start, int workers)
{
    /// <param name="jobs">The episodes.</param>
    /// <param name="done">Hears of each result as it comes, one at a time.</param>
    /// <param name="cancellation">Ends all workers at once.</param>
    /// <returns>The results in the order of the jobs.</returns>
    /// <exception cref="Rt1Exception">A worker died; the others have been ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<EpisodeResult> Run(
        IReadOnlyList<EpisodeJob> jobs, Action<EpisodeResult>? done = null, CancellationToken cancellation = default)
    {
        var (queue, results, gate) = (new ConcurrentQueue<int>(Enumerable.Range(0, jobs.Count)), new EpisodeResult[jobs.Count], new Lock());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? fault = null;
        var threads = Enumerable.Range(0, Math.Min(workers, jobs.Count)).Select(_ => new Thread(Serve) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        if (fault is not null)
            ExceptionDispatchInfo.Throw(fault);
        return results;

        void Serve()
        {
            try
            {
                using var worker = start();
                using var ending = stop.Token.Register(worker.Close);
                while (!stop.IsCancellationRequested && queue.TryDequeue(out var i))
                {
                    results[i] = Ask(worker, jobs[i]);
                    lock (gate)
                        done?.Invoke(results[i]);
                }
            }
            catch (Exception e)
            {
                // The first one is the cause; the others end because of it.
                Interlocked.CompareExchange(ref fault, e, null);
                stop.Cancel();
            }
        }
    }

    private static EpisodeResult Ask(IEpisodeWorker worker, EpisodeJob job)
    {
        try
        {
            worker.Send(EvaluationJson.Line(job));
            // A native library may print something of its own.
            var line = worker.Receive();
            while (!line.StartsWith('{'))
                line = worker.Receive();
            return EvaluationJson.Read<EpisodeResult>(line);
        }
        catch (Rt1Exception e)
        {
            throw new Rt1Exception($"suite '{job.Suite}', episode {job.Index}: {e.Message}", e);
        }
    }
}
