using Rt1.Core;

namespace Rt1.Evaluation.Tests.Workers;

public sealed class WorkerPoolTests
{
    private static readonly EpisodeJob[] Jobs = [.. Enumerable.Range(0, 20).Select(index => new EpisodeJob("seen", index, Rig.Result("seen", index, Verdict.Success).Situation))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Run_AnyNumberOfWorkers_GivesTheResultsInOrder(int workers)
    {
        var (started, heard) = (0, 0);
        var pool = new WorkerPool(() => new FakeWorker(Interlocked.Increment(ref started)), workers);

        var results = pool.Run(Jobs, _ => heard++);

        Assert.Equal(Jobs.Select(job => EvaluationJson.Line(Rig.Result("seen", job.Index, Verdict.Success))), results.Select(EvaluationJson.Line));
        Assert.Equal((Math.Min(workers, Jobs.Length), Jobs.Length), (started, heard));
    }

    [Fact]
    public void Run_WorkerDies_NamesTheEpisodeAndEndsTheOthers()
    {
        var workers = new List<FakeWorker>();
        var pool = new WorkerPool(() =>
        {
            lock (workers)
            {
                workers.Add(new FakeWorker(workers.Count, dies: job => job.Index == 7, blocks: job => job.Index == 8));
                return workers[^1];
            }
        }, workers: 2);

        var fault = Assert.Throws<Rt1Exception>(() => pool.Run(Jobs));

        Assert.Equal("suite 'seen', episode 7: out of memory.", fault.Message);
        Assert.All(workers, worker => Assert.True(worker.IsDisposed));
    }

    [Fact]
    public void Run_Cancelled_EndsAllWorkers()
    {
        using var cancellation = new CancellationTokenSource();
        var pool = new WorkerPool(() => new FakeWorker(0, blocks: _ => true), workers: 2);
        var run = Task.Run(() => pool.Run(Jobs, cancellation: cancellation.Token));

        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult());
    }

    /// <summary>Answers every job with a success, dies of some, and never answers others.</summary>
    private sealed class FakeWorker(int number, Func<EpisodeJob, bool>? dies = null, Func<EpisodeJob, bool>? blocks = null) : IEpisodeWorker
    {
        private readonly ManualResetEventSlim _closed = new();
        private readonly Queue<string> _answers = new();

        public bool IsDisposed { get; private set; }

        public void Send(string line)
        {
            var job = EvaluationJson.Read<EpisodeJob>(line);
            if (dies?.Invoke(job) ?? false)
                throw new Rt1Exception("out of memory.");
            if (blocks?.Invoke(job) ?? false)
                return;
            _answers.Enqueue($"worker {number} has something to say");
            _answers.Enqueue(EvaluationJson.Line(Rig.Result(job.Suite, job.Index, Verdict.Success)));
        }

        public string Receive()
        {
            if (_answers.TryDequeue(out var answer))
                return answer;
            _closed.Wait(TimeSpan.FromSeconds(20));
            throw new Rt1Exception("was closed.");
        }

        public void Close() => _closed.Set();

        public void Dispose() => IsDisposed = true;
    }
}
