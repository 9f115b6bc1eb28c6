using System.Buffers;
using System.Diagnostics;

namespace Rt1.Data;

/// <summary>How fast windows come, against bare decoding of the same images: medians over several rounds.</summary>
/// <param name="WindowsPerSecond">Through the whole pipeline: files, checksums, parsing, shuffling, decoding, resizing, batches.</param>
/// <param name="BareImagesPerSecond">Decoding and resizing alone, images in memory, by as many threads.</param>
/// <param name="Ratio">The pipeline's rate over bare decoding's in the same round.</param>
/// <param name="PeakMemoryMb">Of the whole process so far.</param>
public sealed record MixtureTimings(
    int Threads, int Windows, double WindowsPerSecond, double ImagesPerSecond, double BareImagesPerSecond, double Ratio, double PeakMemoryMb);

/// <summary>Measures a mixture on this machine.</summary>
public static class MixtureBenchmark
{
    // A loaded machine disturbs both measurements of a round alike.
    private const int Rounds = 5;

    // Windows of the bare measurement that are in memory at once.
    private const int Chunk = 240;

    /// <param name="windows">Windows of each measurement; rounded up to whole batches a round.</param>
    public static MixtureTimings Run(MixtureConfig config, int batchSize, int windows, int threads, TimeProvider time)
    {
        var batches = Math.Max(1, (windows + Rounds * batchSize - 1) / (Rounds * batchSize));
        var rounds = new List<(double Windows, double Images, double Bare)>();
        var state = new MixtureState();
        for (var i = 0; i < Rounds; i++)
        {
            var bare = Bare(config, state, batches * batchSize, threads, time);
            var (windowRate, imageRate) = Pipeline(config, ref state, batchSize, batches, threads, time);
            rounds.Add((windowRate, imageRate, bare));
        }
        return new MixtureTimings(
            threads, Rounds * batches * batchSize, Median(rounds.Select(r => r.Windows)), Median(rounds.Select(r => r.Images)),
            Median(rounds.Select(r => r.Bare)), Median(rounds.Select(r => r.Images / r.Bare)), PeakMemory());
    }

    private static (double WindowsPerSecond, double ImagesPerSecond) Pipeline(
        MixtureConfig config, ref MixtureState state, int batchSize, int batches, int threads, TimeProvider time)
    {
        using var sampler = new MixtureSampler(config, batchSize, new SamplerOptions { Threads = threads }, state);
        // The first batch waits for the files' first blocks; what follows is the steady rate.
        sampler.Next().Dispose();
        var images = 0;
        var start = time.GetTimestamp();
        for (var i = 0; i < batches; i++)
        {
            using var batch = sampler.Next();
            images += batch.IsValid.Count(valid => valid);
            state = batch.State;
        }
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        return (batches * batchSize / seconds, images / seconds);
    }

    private static double Bare(MixtureConfig config, MixtureState from, int windows, int threads, TimeProvider time)
    {
        using var pool = new DecodePool(threads);
        var weights = config.Datasets.Values.Sum(d => d.Weight);
        var (images, elapsed) = (0L, TimeSpan.Zero);
        foreach (var (index, (name, entry)) in config.Datasets.Index())
        {
            var seed = (long)new SeededRandom(config.Shuffle.Seed, index).Next();
            var drawn = new WindowStream(AlignedDataset.Open(entry.Dataset), config.Shuffle, seed, config.Window)
                .Read(from.Positions.GetValueOrDefault(name) ?? new StreamPosition())
                .Select(item => item.Window).OfType<Window>().Take(windows * entry.Weight / weights);
            foreach (var chunk in drawn.Chunk(Chunk))
            {
                var start = time.GetTimestamp();
                Task.WaitAll(chunk.Select(window => pool.Run(() => Decode(window, config))).ToArray<Task>());
                elapsed += time.GetElapsedTime(start);
                images += chunk.Sum(window => Enumerable.Range(0, config.Window).Count(place => window[place] is not null));
            }
        }
        return images / elapsed.TotalSeconds;
    }

    private static bool Decode(Window window, MixtureConfig config)
    {
        var pixels = ArrayPool<byte>.Shared.Rent(config.ImageHeight * config.ImageWidth * 3);
        for (var place = 0; place < window.Length; place++)
        {
            if (window[place] is { } step)
                RgbImages.Decode(step.Image, config.ImageHeight, config.ImageWidth, pixels);
        }
        ArrayPool<byte>.Shared.Return(pixels);
        return true;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
