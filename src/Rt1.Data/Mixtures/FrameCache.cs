using System.Collections.Concurrent;

namespace Rt1.Data;

/// <summary>Decoded frames, so that each is decoded once; when the memory is used up, further ones are not kept. Thread-safe.</summary>
/// <param name="capacity">Bytes.</param>
internal sealed class FrameCache(long capacity)
{
    private readonly ConcurrentDictionary<(string Dataset, int Shard, long Record), byte[]?[]> _episodes = [];
    private long _used;

    /// <summary>Bytes of all frames that are kept.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Copies a frame that is kept, or has it decoded and keeps it.</summary>
    /// <param name="target">Takes the frame.</param>
    public void Get(string dataset, AlignedEpisode episode, int step, Span<byte> target, Action<ImageValue, Span<byte>> decode)
    {
        var frames = _episodes.GetOrAdd((dataset, episode.Source.Shard, episode.Source.Record), static (_, count) => new byte[count][], episode.Steps.Count);
        if (Volatile.Read(ref frames[step]) is { } kept)
        {
            kept.CopyTo(target);
            return;
        }
        decode(episode.Steps[step].Image, target);
        if (Interlocked.Add(ref _used, target.Length) > capacity)
        {
            Interlocked.Add(ref _used, -target.Length);
            return;
        }
        // Pinned arrays are never moved: frames by the ten thousand would cost the collector dearly.
        var frame = GC.AllocateUninitializedArray<byte>(target.Length, pinned: true);
        target.CopyTo(frame);
        if (Interlocked.CompareExchange(ref frames[step], frame, null) is not null)
            Interlocked.Add(ref _used, -target.Length);
    }
}
