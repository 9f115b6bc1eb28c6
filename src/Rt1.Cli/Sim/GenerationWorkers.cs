using System.Collections.Concurrent;
using System.Globalization;
using Rt1.Evaluation;
using Rt1.Simulation;

namespace Rt1.Cli.Sim;

/// <summary>Spreads the shards of a dataset over processes. A worker reads a shard's number, tells of each trial, and then of the shard.</summary>
internal static class GenerationWorkers
{
    public const string Command = "generate-shards";

    private const string ShardDone = "shard";

    /// <summary>Makes all shards that are missing.</summary>
    /// <param name="before">Episodes that were there.</param>
    /// <exception cref="OperationCanceledException">It was stopped; finished shards stay.</exception>
    /// <exception cref="Core.Rt1Exception">A worker failed; finished shards stay.</exception>
    public static void Run(
        GenerationFolder place, string folder, int workers, long before, ProgressLine progress, CancellationToken cancellation)
    {
        var missing = new ConcurrentQueue<int>(place.Missing);
        var tally = new Tally(before, progress);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tasks = Enumerable.Range(0, Math.Min(workers, missing.Count)).Select(_ => Task.Factory.StartNew(
            () => Drive(folder, missing, tally, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(tasks, CancellationToken.None);
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (AggregateException faults)
        {
            throw faults.Flatten().InnerExceptions.First(e => e is not OperationCanceledException);
        }
    }

    /// <summary>The worker's side. Ends with its orders, at once also in the middle of a shard.</summary>
    public static void Serve(string folder, TextReader orders, TextWriter output, CancellationToken cancellation)
    {
        using var place = GenerationFolder.Join(folder);
        var generator = place.CreateGenerator();
        generator.Tried += (_, outcome) => output.WriteLine(outcome);
        WorkerLoop.Serve(orders, (shard, stop) =>
        {
            place.Make(int.Parse(shard, CultureInfo.InvariantCulture), generator, stop);
            output.WriteLine(ShardDone);
        }, cancellation);
    }

    private static void Drive(string folder, ConcurrentQueue<int> missing, Tally tally, CancellationTokenSource stop)
    {
        using var worker = WorkerProcess.Start("sim", Command, folder);
        using var ending = stop.Token.Register(worker.Close);
        try
        {
            while (!stop.IsCancellationRequested && missing.TryDequeue(out var shard))
            {
                worker.Send(shard.ToString(CultureInfo.InvariantCulture));
                for (var line = worker.Receive(); line != ShardDone; line = worker.Receive())
                    tally.Add(Enum.Parse<DemonstrationOutcome>(line));
            }
            stop.Token.ThrowIfCancellationRequested();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            stop.Token.ThrowIfCancellationRequested();
            stop.Cancel();
            throw;
        }
    }

    /// <summary>Counts trials and shows them.</summary>
    private sealed class Tally(long before, ProgressLine progress)
    {
        private readonly Lock _gate = new();
        private long _done = before, _failed;

        public void Add(DemonstrationOutcome outcome)
        {
            lock (_gate)
            {
                _ = outcome == DemonstrationOutcome.Succeeded ? _done++ : _failed++;
                progress.Show(_done, _failed > 0 ? $"{_failed} trials failed" : "");
            }
        }
    }
}
