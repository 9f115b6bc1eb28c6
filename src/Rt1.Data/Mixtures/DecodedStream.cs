using System.Buffers;
using System.Collections.Concurrent;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>A window with its images decoded, or the fault that kept it from being so. <see cref="Pixels"/> is rented from the shared pool.</summary>
internal sealed record DecodedWindow(Window Window, byte[]? Pixels, DataFault? Fault, StreamPosition Next);

/// <summary>
/// A dataset's windows, decoded ahead by the pool's threads and given in the stream's order, whatever the number of threads. A thread of its own
/// reads the files; it waits when enough is decoded ahead.
/// </summary>
internal sealed class DecodedStream : IDisposable
{
    private readonly BlockingCollection<Task<DecodedWindow>> _ahead;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _reader;
    private readonly (int Height, int Width) _size;
    private readonly DecodePool _pool;
    private readonly FrameCache? _cache;
    private readonly string _dataset;

    /// <param name="dataset">Its name in the mixture.</param>
    /// <param name="cache">Keeps decoded frames; null decodes each time.</param>
    /// <param name="rank">Which of the workers this is: it takes one of every <paramref name="workers"/> windows.</param>
    /// <param name="ahead">Windows that are decoded ahead of their use.</param>
    public DecodedStream(
        string dataset, WindowStream stream, StreamPosition from, MixtureConfig config, DecodePool pool, FrameCache? cache, int ahead, int rank, int workers)
    {
        (_dataset, _cache) = (dataset, cache);
        (_pool, _size) = (pool, (config.ImageHeight, config.ImageWidth));
        _ahead = new BlockingCollection<Task<DecodedWindow>>(ahead);
        _reader = new Thread(() => Fill(stream, from, rank, workers)) { IsBackground = true, Name = "dataset reader" };
        _reader.Start();
    }

    /// <summary>The next window or fault.</summary>
    /// <exception cref="DataFaultException">Nothing of the dataset can be used.</exception>
    public DecodedWindow Next(CancellationToken cancellation) => _ahead.Take(cancellation).GetAwaiter().GetResult();

    public void Dispose()
    {
        _stop.Cancel();
        while (!_reader.Join(1))
            _ahead.TryTake(out _);
        _ahead.Dispose();
        _stop.Dispose();
    }

    private void Fill(WindowStream stream, StreamPosition from, int rank, int workers)
    {
        try
        {
            // The workers deal the windows out in turn, whatever blocks they come from, and all stand behind the last one of a turn. So batches
            // together hold the windows of a single worker's batch, and a run goes on with any number of workers.
            var (turn, own) = (0, default(Window));
            foreach (var item in stream.Read(from))
            {
                if (_stop.IsCancellationRequested)
                    return;
                if (item.Window is not { } window)
                {
                    _ahead.Add(Task.FromResult(new DecodedWindow(default, null, item.Fault, item.Next)), _stop.Token);
                    continue;
                }
                if (turn == rank)
                    own = window;
                turn = (turn + 1) % workers;
                if (turn == 0)
                {
                    var (mine, next) = (own, item.Next);
                    _ahead.Add(_pool.Run(() => Decode(mine, next)), _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _ahead.TryAdd(Task.FromException<DecodedWindow>(e), Timeout.Infinite, CancellationToken.None);
        }
    }

    private DecodedWindow Decode(Window window, StreamPosition next)
    {
        var (height, width) = _size;
        var frame = height * width * 3;
        var pixels = ArrayPool<byte>.Shared.Rent(window.Length * frame);
        try
        {
            for (var place = 0; place < window.Length; place++)
            {
                var target = pixels.AsSpan(place * frame, frame);
                if (window[place] is not { } step)
                    target.Clear();
                else if (_cache is null)
                    RgbImages.Decode(step.Image, height, width, target);
                else
                    _cache.Get(_dataset, window.Episode, window.Start + place, target, (image, pixels) => RgbImages.Decode(image, height, width, pixels));
            }
            return new DecodedWindow(window, pixels, null, next);
        }
        catch (ImageFormatException e)
        {
            ArrayPool<byte>.Shared.Return(pixels);
            return new DecodedWindow(window, null, window.Episode.Source.Fault(e.Message), next);
        }
    }
}
