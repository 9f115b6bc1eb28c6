using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>How a sampler works; none of it changes what it gives.</summary>
public sealed record SamplerOptions
{
    /// <summary>Threads that decode images.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Batches that are made ahead of their use.</summary>
    public int BatchesAhead { get; init; } = 1;

    /// <summary>Bytes of decoded frames that are kept in memory, so that a frame is decoded once.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Which of the training workers this is.</summary>
    public int Rank { get; init; }

    /// <summary>How many training workers share the mixture: each draws every so-manieth window.</summary>
    public int WorkerCount { get; init; } = 1;
}

/// <summary>
/// Draws batches from a mixture of datasets. Every batch holds the datasets exactly by their weights. The sequence of samples follows from the
/// seeds and the data alone, whatever the threads do; unusable samples are left out, counted, and at last refused. Not thread-safe.
/// </summary>
public sealed class MixtureSampler : IDisposable
{
    private readonly MixtureConfig _config;
    private readonly int _batchSize;
    private readonly DecodePool _pool;
    private readonly Source[] _sources;
    private readonly Augmentation _augmentation;
    private readonly BlockingCollection<Task<WindowBatch>> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _assembler;
    private ExceptionDispatchInfo? _failure;

    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="resume">The state of the last batch that was used; null to start from the beginning.</param>
    /// <exception cref="Rt1Exception">A dataset cannot be opened, or the batch size cannot hold the weights.</exception>
    public MixtureSampler(MixtureConfig config, int batchSize, SamplerOptions? options = null, MixtureState? resume = null)
    {
        options ??= new SamplerOptions();
        resume ??= new MixtureState();
        (_config, _batchSize) = (config, batchSize);
        var shares = BatchShares.Of([.. config.Datasets.Values.Select(d => d.Weight)], batchSize);
        var datasets = config.Datasets.Select(d => (Name: d.Key, Dataset: AlignedDataset.Open(d.Value.Dataset))).ToArray();
        _pool = new DecodePool(options.Threads);
        var cache = options.CacheBytes > 0 ? new FrameCache(options.CacheBytes) : null;
        _sources = [.. datasets.Select((d, i) => new Source(d.Name, d.Dataset, shares[i], i, config, _pool, cache, options, resume))];
        _augmentation = new Augmentation(config.Augmentation, config.Shuffle.Seed);
        _ready = new BlockingCollection<Task<WindowBatch>>(options.BatchesAhead);
        _assembler = new Thread(() => Assemble(resume.Batch)) { IsBackground = true, Name = "batch assembler" };
        _assembler.Start();
    }

    /// <summary>The next batch; the caller disposes it.</summary>
    /// <exception cref="TooManyFaultsException">More is unusable than the configuration allows.</exception>
    /// <exception cref="DataFaultException">Nothing of a dataset can be used.</exception>
    public WindowBatch Next(CancellationToken cancellation = default)
    {
        _failure?.Throw();
        var batch = _ready.Take(cancellation);
        if (batch.Exception?.InnerException is { } failure)
            _failure = ExceptionDispatchInfo.Capture(failure);
        return batch.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        while (!_assembler.Join(1))
        {
            if (_ready.TryTake(out var batch) && batch.IsCompletedSuccessfully)
                batch.Result.Dispose();
        }
        foreach (var source in _sources)
            source.Dispose();
        _pool.Dispose();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Assemble(long batch)
    {
        try
        {
            while (true)
            {
                batch++;
                _ready.Add(Task.FromResult(Assemble(batch, _stop.Token)), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _ready.TryAdd(Task.FromException<WindowBatch>(e), Timeout.Infinite, CancellationToken.None);
        }
    }

    private WindowBatch Assemble(long number, CancellationToken cancellation)
    {
        var batch = new WindowBatch(_batchSize, _config.Window, _config.ImageHeight, _config.ImageWidth);
        var sample = 0;
        foreach (var source in _sources)
        {
            for (var i = 0; i < source.Share; i++)
                Put(batch, sample++, source.Next(cancellation), source.Name, number);
        }
        batch.State = new MixtureState
        {
            Batch = number,
            Positions = _sources.ToDictionary(s => s.Name, s => s.Position),
            Bad = _sources.ToDictionary(s => s.Name, s => s.Quarantine.Bad),
        };
        return batch;
    }

    private void Put(WindowBatch batch, int sample, DecodedWindow decoded, string dataset, long number)
    {
        var window = decoded.Window;
        var bytes = batch.Steps * batch.Height * batch.Width * 3;
        var crop = _augmentation.Apply(decoded.Pixels, batch.Images.Slice(sample * bytes, bytes), batch.Steps, batch.Height, batch.Width, number, sample);
        ArrayPool<byte>.Shared.Return(decoded.Pixels!);
        for (var place = 0; place < batch.Steps; place++)
        {
            batch.IsValid[sample * batch.Steps + place] = window[place] is not null;
            batch.Actions[sample * batch.Steps + place] = window[place]?.Action ?? RobotAction.Terminate;
            batch.Keypoints[sample * batch.Steps + place] = crop.Of(window[place]?.Keypoints ?? default);
        }
        batch.Instructions[sample] = window.Episode.Instruction;
        batch.Embeddings[sample] = window.Episode.Embedding;
        batch.Samples[sample] = new SampleId(dataset, window.Episode.Source.Shard, window.Episode.Source.Record, window.Start);
    }

    /// <summary>A dataset of the mixture with its stream.</summary>
    private sealed class Source : IDisposable
    {
        private readonly DecodedStream _stream;

        /// <param name="index">Its number in the mixture: each dataset has a seed of its own.</param>
        public Source(
            string name, AlignedDataset dataset, int share, int index, MixtureConfig config, DecodePool pool, FrameCache? cache,
            SamplerOptions options, MixtureState resume)
        {
            (Name, Share) = (name, share);
            Position = resume.Positions.GetValueOrDefault(name) ?? new StreamPosition();
            Quarantine = new Quarantine(name, dataset.Split.EpisodeCount, config.MaxBadFraction, resume.Bad.GetValueOrDefault(name) ?? []);
            var seed = (long)new SeededRandom(config.Shuffle.Seed, index).Next();
            var windows = new WindowStream(dataset, config.Shuffle, seed, config.Window);
            _stream = new DecodedStream(name, windows, Position, config, pool, cache, Math.Max(2, share), options.Rank, options.WorkerCount);
        }

        public string Name { get; }

        public int Share { get; }

        public StreamPosition Position { get; private set; }

        public Quarantine Quarantine { get; }

        public DecodedWindow Next(CancellationToken cancellation)
        {
            while (true)
            {
                var decoded = _stream.Next(cancellation);
                Position = decoded.Next;
                if (decoded.Fault is null)
                    return decoded;
                Quarantine.Add(decoded.Fault);
            }
        }

        public void Dispose() => _stream.Dispose();
    }
}
