using System.Buffers;
using System.Diagnostics;

namespace Rt1.Data;

/// <summary>How fast windows come, against bare decoding of the same images.</summary>
/// <param name="WindowsPerSecond">Through the whole pipeline: files, checksums, parsing, shuffling, decoding, resizing, batches.</param>
/// <param name="BareImagesPerSecond">Decoding and resizing alone, images in memory, by as many threads.</param>
/// <param name="PeakMemoryMb">Of the whole process so far.</param>
public sealed record MixtureTimings(
    int Threads, int Windows, double WindowsPerSecond, double ImagesPerSecond, double BareImagesPerSecond, double PeakMemoryMb)
{
    /// <summary>The pipeline's rate over bare decoding's.</summary>
    public double Ratio => ImagesPerSecond / BareImagesPerSecond;
}

/// <summary>Measures a mixture on this machine.</summary>
public static class MixtureBenchmark
{
    // Windows of the bare measurement that are in memory at once.
    private const int Chunk = 240;

    /// <param name="windows">Windows of each measurement; rounded up to whole batches.</param>
    public static MixtureTimings Run(MixtureConfig config, int batchSize, int windows, int threads, TimeProvider time)
    {
        var batches = (windows + batchSize - 1) / batchSize;
        var images = 0L;
        var elapsed = TimeSpan.Zero;
        using (var sampler = new MixtureSampler(config, batchSize, new SamplerOptions { Threads = threads }))
        {
            // The first batch waits for the files' first blocks; what follows is the steady rate.
            sampler.Next().Dispose();
            var start = time.GetTimestamp();
            for (var i = 0; i < batches; i++)
            {
                using var batch = sampler.Next();
                images += batch.IsValid.Count(valid => valid);
            }
            elapsed = time.GetElapsedTime(start);
        }
        var (count, seconds) = (batches * batchSize, elapsed.TotalSeconds);
        return new MixtureTimings(threads, count, count / seconds, images / seconds, Bare(config, count, threads, time), PeakMemory());
    }

    private static double Bare(MixtureConfig config, int windows, int threads, TimeProvider time)
    {
        using var pool = new DecodePool(threads);
        var weights = config.Datasets.Values.Sum(d => d.Weight);
        var (images, elapsed) = (0L, TimeSpan.Zero);
        foreach (var (index, (_, entry)) in config.Datasets.Index())
        {
            var seed = (long)new SeededRandom(config.Shuffle.Seed, index).Next();
            var stream = new WindowStream(AlignedDataset.Open(entry.Dataset), config.Shuffle, seed, config.Window);
            var drawn = stream.Read(new StreamPosition()).Select(item => item.Window).OfType<Window>().Take(windows * entry.Weight / weights);
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
        var frame = config.ImageHeight * config.ImageWidth * 3;
        var pixels = ArrayPool<byte>.Shared.Rent(frame);
        for (var place = 0; place < window.Length; place++)
        {
            if (window[place] is { } step)
                RgbImages.Decode(step.Image, config.ImageHeight, config.ImageWidth, pixels);
        }
        ArrayPool<byte>.Shared.Return(pixels);
        return true;
    }

    private static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
