using System.Diagnostics;
using Rt1.Data;
using Rt1.Model.Inference;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Times of an optimizer step, medians, of worker 0. Printed as JSON, the names are those of the properties in snake_case.</summary>
/// <param name="Batch">Windows of a step, all workers together.</param>
/// <param name="Threads">libtorch's threads of each worker.</param>
/// <param name="StepMs">From one step's beginning to the next one's.</param>
/// <param name="BestStepMs">The fastest step: nearest to what it would be on a machine that does nothing else.</param>
/// <param name="LoaderMs">Waiting for the batch.</param>
/// <param name="PrepareMs">Batch and instructions to tensors.</param>
/// <param name="ExchangeMs">Waiting for, and exchanging with, the other workers.</param>
/// <param name="LoaderShare">Part of all steps' time spent waiting for batches.</param>
/// <param name="ImagesPerSecond">Of all workers.</param>
/// <param name="Gflops">10⁹ operations a second of all workers' matrix products and convolutions.</param>
/// <param name="GemmGflops">What this machine's float32 matrix product reaches with as many threads as all workers have.</param>
/// <param name="CpuMs">Processor time of a step, all threads of this process, the loader's included: other programs hardly change it.</param>
/// <param name="PeakMemoryMb">Of this process.</param>
public sealed record TrainTimings(
    string Model, int Batch, int Workers, int Threads, double StepMs, double BestStepMs, double LoaderMs, double PrepareMs, double ForwardMs, double BackwardMs,
    double ExchangeMs, double OptimizerMs, double LoaderShare, double ImagesPerSecond, double Gflops, double GemmGflops, double CpuMs, double PeakMemoryMb)
{
    /// <summary>Part of the machine's matrix-product rate that training reaches.</summary>
    public double GemmShare => Gflops / GemmGflops;
}

/// <summary>Times training steps on this machine, with random weights and made-up episodes: speed does not depend on them.</summary>
public static class TrainBenchmark
{
    private const string Instruction = "pick up the can";
    private const int EpisodeCount = 24;
    private const int EpisodeLength = 20;
    private const int WarmUp = 2;
    private const int MatrixProducts = 10;

    /// <param name="config">The run; its data are replaced by made-up episodes with frames of the policy's size.</param>
    /// <param name="steps">Steps to time.</param>
    /// <param name="workers">The other workers make the same call.</param>
    public static TrainTimings Run(TrainingConfig config, int steps, IWorkerGroup workers, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var folder = Directory.CreateTempSubdirectory("rt1-bench-");
        try
        {
            var episodes = Path.Combine(folder.FullName, "episodes");
            var image = config.Policy.Image;
            SyntheticEpisodes.Write(episodes, "synthetic", EpisodeCount, EpisodeLength, image.Height, image.Width, seed: 1);
            return Time(OnMadeUpData(config, episodes), steps, workers, time);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TrainTimings Time(TrainingConfig config, int steps, IWorkerGroup workers, TimeProvider time)
    {
        var network = new Rt1Network(config.Policy);
        RandomWeights.Fill(network, config.Seed);
        using var learner = new Learner(config, network, workers, time);
        using var loader = new BatchLoader(config, workers, time, resume: null);
        var timed = new List<(double Step, double Loader, StepTimes Times)>();
        var busy = TimeSpan.Zero;
        for (var i = 0; i < WarmUp + steps; i++)
        {
            if (i == WarmUp)
                busy = Environment.CpuUsage.TotalTime;
            var start = time.GetTimestamp();
            var parts = loader.Next();
            var times = learner.Step(parts, progress: 1, config.Optimizer.LearningRate).Times;
            Array.ForEach(parts, part => part.Dispose());
            if (i >= WarmUp)
                timed.Add((time.GetElapsedTime(start).TotalSeconds, loader.Waited.TotalSeconds, times));
        }
        busy = Environment.CpuUsage.TotalTime - busy;
        workers.Barrier();
        return Summarise(config, workers, timed, time) with { CpuMs = busy.TotalMilliseconds / steps };
    }

    private static TrainTimings Summarise(TrainingConfig config, IWorkerGroup workers, List<(double Step, double Loader, StepTimes Times)> timed, TimeProvider time)
    {
        double Median(Func<(double Step, double Loader, StepTimes Times), double> of) => 1000 * timed.Select(of).Order().ElementAt(timed.Count / 2);
        var step = Median(t => t.Step);
        var operations = NetworkCost.TrainingFactor * NetworkCost.Forward(config.Policy) * config.BatchSize;
        var threads = get_num_threads();
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / 1e6;
        set_num_threads(threads * workers.Size);
        var gemm = workers.Rank == 0 ? StepBenchmark.MatrixProductGflops(MatrixProducts, time) : double.NaN;
        set_num_threads(threads);
        return new TrainTimings(
            config.Policy.Name, config.BatchSize, workers.Size, threads, step, 1000 * timed.Min(t => t.Step), Median(t => t.Loader), Median(t => t.Times.Prepare),
            Median(t => t.Times.Forward), Median(t => t.Times.Backward), Median(t => t.Times.Exchange), Median(t => t.Times.Optimizer),
            timed.Sum(t => t.Loader) / timed.Sum(t => t.Step), config.BatchSize * config.Policy.Network.Window / step * 1000, operations / step / 1e6, gemm,
            CpuMs: double.NaN, peak);
    }

    private static TrainingConfig OnMadeUpData(TrainingConfig config, string folder)
    {
        config = config with
        {
            Policy = config.TrainedPolicy,
            Data = config.Data with { Datasets = new Dictionary<string, MixtureEntry> { ["synthetic"] = new() { Dataset = SyntheticEpisodes.Config(folder) } } },
            Instruction = config.Instruction with { Encoder = InstructionEncoderKind.Learned, Instructions = [Instruction] },
        };
        return config with { Policy = Contexts.WithWords(config, () => []) };
    }
}
