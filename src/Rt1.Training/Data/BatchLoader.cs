using Rt1.Core;
using Rt1.Data;

namespace Rt1.Training;

/// <summary>A worker's batches, and how long it waited for them.</summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly MixtureSampler _sampler;
    private readonly int _parts;
    private readonly TimeProvider _time;

    /// <param name="resume">Where to go on; null from the beginning.</param>
    /// <exception cref="Rt1Exception">The batch cannot be shared among workers, parts and datasets, or a dataset cannot be opened.</exception>
    public BatchLoader(TrainingConfig config, IWorkerGroup workers, TimeProvider time, MixtureState? resume)
    {
        (_parts, _time) = (config.Accumulation, time);
        var shares = workers.Size * config.Accumulation;
        if (config.BatchSize % shares != 0)
            throw new Rt1Exception($"batch_size {config.BatchSize} cannot be shared by {workers.Size} workers in {config.Accumulation} parts each; make it a multiple of {shares}.");
        State = resume ?? new MixtureState();
        _sampler = new MixtureSampler(MixtureOf(config), config.BatchSize / shares, new SamplerOptions
        {
            Threads = config.Loader.Threads ?? Math.Max(1, Environment.ProcessorCount - 1),
            BatchesAhead = config.Loader.BatchesAhead,
            CacheBytes = (long)(config.Loader.CacheMegabytes * 1e6),
            Rank = workers.Rank,
            WorkerCount = workers.Size,
        }, resume);
    }

    /// <summary>The state behind the last batch that was used.</summary>
    public MixtureState State { get; private set; }

    /// <summary>Time spent waiting for the last batch.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>This worker's parts of the next batch; the caller disposes them.</summary>
    public WindowBatch[] Next()
    {
        var start = _time.GetTimestamp();
        var parts = new WindowBatch[_parts];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = _sampler.Next();
        Waited = _time.GetElapsedTime(start);
        State = parts[^1].State;
        return parts;
    }

    /// <summary>The mixture with the policy's window and image size.</summary>
    public static MixtureConfig MixtureOf(TrainingConfig config)
    {
        var image = config.Policy.Image;
        return config.Data with
        {
            Window = config.Policy.Network.Window,
            ImageHeight = config.Loader.ResizeFirst ? image.Size : image.Height,
            ImageWidth = config.Loader.ResizeFirst ? image.Size : image.Width,
        };
    }

    public void Dispose() => _sampler.Dispose();
}
