namespace Rt1.Data;

/// <summary>Where a dataset's stream of windows stands; a resumed stream goes on behind it.</summary>
/// <param name="Epoch">Passes through the dataset that are complete.</param>
/// <param name="Block">Blocks of this epoch that are complete.</param>
/// <param name="Window">Windows of this block that were given.</param>
public sealed record StreamPosition(int Epoch = 0, int Block = 0, int Window = 0);

/// <summary>A window in a stream, or a fault that was met on the way to it.</summary>
/// <param name="Next">The position behind it.</param>
internal readonly record struct StreamItem(Window? Window, DataFault? Fault, StreamPosition Next);

/// <summary>
/// A dataset's windows, without end, in an order that follows from the seed. An epoch is cut into blocks of so many episodes; the windows of a
/// block are shuffled, so memory is bounded and a position is three numbers. To resume, one block is read again.
/// </summary>
internal sealed class WindowStream(AlignedDataset dataset, ShuffleConfig shuffle, long seed, int windowLength)
{
    public IEnumerable<StreamItem> Read(StreamPosition from)
    {
        for (var (epoch, block, skip) = (from.Epoch, from.Block, from.Window); ; (epoch, block, skip) = (epoch + 1, 0, 0))
        {
            using var reader = new ShardReaders(dataset);
            var given = false;
            var episodes = EpisodeOrder.Of(dataset.Split, seed, epoch, shuffle.Shards).Skip(block * shuffle.Episodes).Chunk(shuffle.Episodes);
            foreach (var chunk in episodes)
            {
                var (windows, faults) = ReadBlock(reader, chunk, epoch, block);
                foreach (var fault in faults)
                    yield return new StreamItem(null, fault, new StreamPosition(epoch, block, skip));
                for (var i = skip; i < windows.Length; i++)
                {
                    given = true;
                    yield return new StreamItem(windows[i], null, new StreamPosition(epoch, block, i + 1));
                }
                (block, skip) = (block + 1, 0);
            }
            if (!given && from == new StreamPosition(epoch))
                throw new DataFaultException(new DataFault(dataset.Dataset.Folder, $"no episode of split '{dataset.Split.Name}' can be used."));
        }
    }

    private (Window[] Windows, List<DataFault> Faults) ReadBlock(ShardReaders reader, (int Shard, long Record)[] episodes, int epoch, int block)
    {
        var windows = new List<Window>();
        var faults = new List<DataFault>();
        foreach (var (shard, record) in episodes)
        {
            var read = reader.Read(shard, record);
            if (read.Fault is { } fault)
                faults.Add(fault);
            else if (read.Episode is { } episode)
                windows.AddRange(Window.Of(episode, windowLength));
        }
        var shuffled = windows.ToArray();
        new SeededRandom(seed, epoch, block).Shuffle(shuffled.AsSpan());
        return (shuffled, faults);
    }

    /// <summary>Keeps the shards open that are read side by side.</summary>
    private sealed class ShardReaders(AlignedDataset dataset) : IDisposable
    {
        private readonly Dictionary<int, (IEnumerator<EpisodeRead> Reader, long Next)> _open = [];

        public AlignedRead Read(int shard, long record)
        {
            if (!_open.TryGetValue(shard, out var open) || open.Next != record)
            {
                open.Reader?.Dispose();
                open = (dataset.Dataset.Read(dataset.Split, shard, record, dataset.Aligner.Fields).GetEnumerator(), record);
            }
            var read = open.Reader.MoveNext() ? open.Reader.Current
                : new EpisodeRead(null, new DataFault(dataset.Split.Shards[shard].File, "the episode is missing.", record));
            if (record + 1 < dataset.Split.Shards[shard].EpisodeCount)
            {
                _open[shard] = (open.Reader, record + 1);
            }
            else
            {
                open.Reader.Dispose();
                _open.Remove(shard);
            }
            return dataset.Aligner.Align(read);
        }

        public void Dispose()
        {
            foreach (var (reader, _) in _open.Values)
                reader.Dispose();
        }
    }
}
