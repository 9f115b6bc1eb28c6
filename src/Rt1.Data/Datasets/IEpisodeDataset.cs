namespace Rt1.Data;

/// <summary>Episodes in files of any supported format. Safe to read from several threads at once.</summary>
public interface IEpisodeDataset
{
    string Name { get; }

    string Folder { get; }

    /// <summary>The format with its version, e.g. <c>RLDS</c> or <c>LeRobot v2.1</c>.</summary>
    string Format { get; }

    /// <summary>What an episode holds.</summary>
    StructSpec Features { get; }

    IReadOnlyList<DatasetSplit> Splits { get; }

    /// <summary>
    /// Reads a shard's episodes in order, one in memory at a time. What cannot be read comes as a fault in its place; the episodes that
    /// the dataset promises and the shard lacks are one fault at the end.
    /// </summary>
    /// <param name="first">The first episode of interest; earlier ones are passed over.</param>
    /// <param name="fields">Paths of the features of interest; null for all.</param>
    IEnumerable<EpisodeRead> Read(DatasetSplit split, int shard, long first = 0, IReadOnlyCollection<string>? fields = null);
}

/// <summary>A named part of a dataset, such as <c>train</c>.</summary>
public sealed record DatasetSplit(string Name, IReadOnlyList<DatasetShard> Shards)
{
    public long EpisodeCount { get; } = Shards.Sum(s => s.EpisodeCount);
}

/// <summary>One file of a split.</summary>
/// <param name="EpisodeCount">As many episodes as the dataset says that it holds.</param>
public sealed record DatasetShard(string File, long EpisodeCount);

/// <summary>Reading whole splits.</summary>
public static class EpisodeDatasetExtensions
{
    /// <summary>All shards of a split, one after another.</summary>
    public static IEnumerable<EpisodeRead> Read(this IEpisodeDataset dataset, DatasetSplit split, IReadOnlyCollection<string>? fields = null) =>
        Enumerable.Range(0, split.Shards.Count).SelectMany(shard => dataset.Read(split, shard, 0, fields));

    /// <summary>One episode by its number in the split.</summary>
    /// <exception cref="Core.Rt1Exception">There is no such episode.</exception>
    public static EpisodeRead ReadOne(this IEpisodeDataset dataset, DatasetSplit split, long episode)
    {
        var inShard = episode;
        for (var shard = 0; shard < split.Shards.Count && episode >= 0; inShard -= split.Shards[shard++].EpisodeCount)
        {
            if (inShard < split.Shards[shard].EpisodeCount)
                return dataset.Read(split, shard, inShard).First();
        }
        throw new Core.Rt1Exception($"{dataset.Folder}: split '{split.Name}' has the episodes 0 to {split.EpisodeCount - 1}, not {episode}.");
    }

    /// <summary>The split of that name, or the first one.</summary>
    /// <exception cref="Core.Rt1Exception">There is no such split.</exception>
    public static DatasetSplit Split(this IEpisodeDataset dataset, string? name = null) =>
        (name is null ? dataset.Splits.FirstOrDefault() : dataset.Splits.FirstOrDefault(s => s.Name == name))
        ?? throw new Core.Rt1Exception(
            $"{dataset.Folder}: there is no split '{name}'; there are {string.Join(", ", dataset.Splits.Select(s => s.Name))}.");
}
