using Rt1.Data;
using Rt1.Model.Networks;
using Rt1.Testing;

namespace Rt1.Training.Tests;

/// <summary>Workers as threads of this process that meet over c10d.</summary>
public sealed class DataParallelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Step_TwoWorkers_GradientOfOne()
    {
        var alone = Run(workers: 1, steps: 1)[0];
        var together = Run(workers: 2, steps: 1);

        var tolerance = 1e-5 * Math.Min(1, alone.Gradient.Max(Math.Abs));
        Assert.InRange(tolerance, 1e-8, 1e-5);
        Assert.All(together, worker => Assert.All(worker.Gradient.Zip(alone.Gradient), pair => Assert.Equal(pair.Second, pair.First, tolerance)));
    }

    [Fact]
    public void Step_TwoWorkersFiftySteps_LossesOfOneAndEqualWeights()
    {
        var alone = Run(workers: 1, steps: 50)[0];
        var together = Run(workers: 2, steps: 50);

        Assert.All(together, worker => Assert.All(worker.Losses.Zip(alone.Losses), pair => Assert.Equal(pair.Second, pair.First, 1e-3)));
        Assert.True(alone.Losses[^1] < 0.9 * alone.Losses[0], $"it did not learn: {alone.Losses[0]} to {alone.Losses[^1]}");
        Assert.Equal(together[0].Weights, together[1].Weights);
    }

    [Fact]
    public void Resume_WithAnotherNumberOfWorkers_GoesOnAsOneThatNeverStopped()
    {
        var whole = Train("whole", workers: 1, steps: 12, resume: false);
        Train("stopped", workers: 2, steps: 8, resume: false);
        var resumed = Train("stopped", workers: 1, steps: 12, resume: true);

        Assert.Equal(12, resumed.Step);
        Assert.Equal(whole.Data.ToJson(), resumed.Data.ToJson());
        var (expected, actual) = (Loss("whole"), Loss("stopped"));
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.All(expected.Values.Zip(actual.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    private sealed record Outcome(float[] Gradient, List<double> Losses, float[] Weights);

    /// <summary>Nothing random, batch norm frozen; the batches hold two datasets 1 : 2.</summary>
    private TrainingConfig Config(long steps)
    {
        foreach (var (name, seed) in new[] { ("a", 1), ("b", 2) })
        {
            if (!Directory.Exists(_folder[name]))
                ToyEpisodes.Write(_folder[name], episodes: 11, steps: 5, seed);
        }
        var toy = Toy.Config(_folder["a"], steps);
        return toy with
        {
            Policy = Toy.Policy with { Network = Toy.Policy.Network with { Transformer = Toy.Policy.Network.Transformer with { Dropout = 0 } } },
            Data = toy.Data with
            {
                Datasets = new Dictionary<string, MixtureEntry>
                {
                    ["a"] = new() { Weight = 1, Dataset = ToyEpisodes.Config(_folder["a"]) },
                    ["b"] = new() { Weight = 2, Dataset = ToyEpisodes.Config(_folder["b"]) },
                },
                Augmentation = new AugmentationConfig(),
            },
            BatchSize = 6,
            FreezeBatchNorm = true,
            History = new HistoryConfig(),
            Instruction = toy.Instruction with { Instructions = ["pick the red block", "pick the green block", "pick the blue block"] },
            Optimizer = toy.Optimizer with { ClipNorm = null },
        };
    }

    private Outcome[] Run(int workers, int steps) => Together(workers, group =>
    {
        var config = Config(steps);
        config = config with { Policy = Contexts.WithWords(config, () => []) };
        var network = new Rt1Network(config.Policy);
        RandomWeights.Fill(network, config.Seed);
        using var learner = new Learner(config, network, group);
        using var loader = new BatchLoader(config, group, TimeProvider.System, resume: null);
        var losses = new List<double>();
        float[] gradient = [];
        for (var step = 0; step < steps; step++)
        {
            var parts = loader.Next();
            losses.Add(learner.Step(parts, progress: 0.5, config.Optimizer.LearningRate).Loss);
            Array.ForEach(parts, part => part.Dispose());
            if (step == 0)
                gradient = [.. learner.Optimizer.Moment1.data<float>().ToArray().Select(m => m / (1 - (float)config.Optimizer.Betas[0]))];
        }
        return new Outcome(gradient, losses, learner.Weights.Values.data<float>().ToArray());
    });

    private TrainingState Train(string run, int workers, long steps, bool resume)
    {
        var folder = new RunFolder(_folder[run]);
        Together(workers, group =>
        {
            MetricLog? log = null;
            // The schedule is that of the whole run; the first part of it is stopped early.
            var config = Config(12);
            using var stop = new CancellationTokenSource();
            var services = new TrainingServices { Workers = group, OpenMetrics = step => new StopAt(steps, stop, log = new MetricLog(folder.Path, step)) };
            using var trainer = resume ? Trainer.Resume(config, folder, services) : Trainer.Start(config, folder, services);
            trainer.Run(stop.Token);
            log?.Dispose();
            return 0;
        });
        return TrainingState.Read(folder.NewestValid(_ => { }));
    }

    private MetricSeries Loss(string run) => RunHistory.Read(_folder[run]).Metrics.Single(metric => metric.Name == MetricNames.Loss);

    private T[] Together<T>(int count, Func<IWorkerGroup, T> body)
    {
        Config(1);
        if (count == 1)
            return [body(new SingleWorker())];
        var meeting = new FileMeeting(_folder[Guid.NewGuid().ToString("N")]);
        var results = new T[count];
        var failures = new Exception?[count];
        var threads = Enumerable.Range(0, count).Select(rank => new Thread(() => failures[rank] = Record.Exception(() =>
        {
            using var group = WorkerGroups.Join(new WorkerEnvironment(rank, count, rank, meeting));
            results[rank] = body(group);
        }))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(failures, Assert.Null);
        return results;
    }

    /// <summary>Asks the run to stop once it has logged a step.</summary>
    private sealed class StopAt(long last, CancellationTokenSource stop, IMetricSink inner) : IMetricSink
    {
        public void Scalar(long step, string name, double value)
        {
            inner.Scalar(step, name, value);
            if (step >= last)
                stop.Cancel();
        }

        public void Image(long step, string name, int height, int width, byte[] rgb) => inner.Image(step, name, height, width, rgb);

        public void Flush() => inner.Flush();
    }
}
