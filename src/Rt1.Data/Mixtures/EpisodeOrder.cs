namespace Rt1.Data;

/// <summary>
/// The order in which an epoch reads a split's episodes: shards shuffled, a few of them read side by side in turn. It follows from the
/// seed and the shards' lengths alone.
/// </summary>
internal static class EpisodeOrder
{
    /// <param name="sideBySide">Shards that are read in turn.</param>
    /// <returns>Each episode once, as its shard and its number there.</returns>
    public static IEnumerable<(int Shard, long Record)> Of(DatasetSplit split, long seed, int epoch, int sideBySide)
    {
        var shards = Enumerable.Range(0, split.Shards.Count).Where(s => split.Shards[s].EpisodeCount > 0).ToArray();
        new SeededRandom(seed, epoch).Shuffle(shards.AsSpan());
        var waiting = new Queue<int>(shards);
        var open = new List<(int Shard, long Next)>();
        for (var turn = 0; ;)
        {
            while (open.Count < sideBySide && waiting.TryDequeue(out var shard))
                open.Add((shard, 0));
            if (open.Count == 0)
                yield break;
            turn %= open.Count;
            var (current, next) = open[turn];
            yield return (current, next);
            if (next + 1 < split.Shards[current].EpisodeCount)
                open[turn++] = (current, next + 1);
            else
                open.RemoveAt(turn);
        }
    }
}
