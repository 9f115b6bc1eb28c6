using Rt1.Core;

namespace Rt1.Data;

/// <summary>
/// A dataset in the RLDS layout as TensorFlow Datasets stores it: TFRecord shards of one example an episode, described by
/// <c>features.json</c> and <c>dataset_info.json</c>.
/// </summary>
public sealed class RldsDataset : IEpisodeDataset
{
    internal const string FeaturesFile = "features.json";

    private readonly StructSpec _layout;

    private RldsDataset(string folder, StructSpec features, DatasetInfo info)
    {
        (Folder, Features, Name) = (folder, features, info.Name);
        Version = info.Version;
        _layout = StorageLayout.Of(features);
        Splits = [.. info.Splits.Select(split => new DatasetSplit(split.Name,
            [.. split.ShardLengths.Select((length, i) => new DatasetShard(Path.Combine(folder, split.ShardName(info.Name, i)), length))]))];
    }

    public string Name { get; }

    public string Version { get; }

    public string Folder { get; }

    public string Format => "RLDS";

    public StructSpec Features { get; }

    public IReadOnlyList<DatasetSplit> Splits { get; }

    /// <summary>True when the folder holds a dataset of this format.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, FeaturesFile));

    /// <exception cref="UnsupportedFeatureException">The dataset holds something that is not read.</exception>
    /// <exception cref="Rt1Exception">A description is missing or damaged.</exception>
    public static RldsDataset Open(string folder)
    {
        var info = Path.Combine(folder, DatasetInfo.FileName);
        if (!File.Exists(info))
            throw new Rt1Exception($"{info}: is missing; TFDS writes it beside {FeaturesFile}.");
        return new RldsDataset(folder, FeaturesJson.Read(Path.Combine(folder, FeaturesFile)), DatasetInfo.Read(info));
    }

    public IEnumerable<EpisodeRead> Read(DatasetSplit split, int shard, long first = 0, IReadOnlyCollection<string>? fields = null)
    {
        var (file, expected) = split.Shards[shard];
        var decoder = new ExampleDecoder(fields is null ? _layout : StorageLayout.Select(_layout, fields));
        if (!File.Exists(file))
        {
            yield return new EpisodeRead(null, new DataFault(
                file, $"the shard is missing; {DatasetInfo.FileName} says that it holds {expected} episodes."));
            yield break;
        }
        using var reader = new TfRecordReader(file);
        reader.MoveTo(first);
        while (reader.Next() is { } record)
            yield return Decode(record, file, shard, decoder);
        if (reader.Index != expected)
        {
            yield return new EpisodeRead(null, new DataFault(
                file, $"the shard holds {reader.Index} records, but {DatasetInfo.FileName} says {expected}."));
        }
    }

    private static EpisodeRead Decode(RecordRead record, string file, int shard, ExampleDecoder decoder)
    {
        if (record.Fault is not null)
            return new EpisodeRead(null, record.Fault);
        var source = new EpisodeSource(file, shard, record.Index, record.Offset);
        try
        {
            return new EpisodeRead(new DatasetEpisode(source, decoder.Decode(record.Data.Span)), null);
        }
        catch (ExampleFormatException e)
        {
            return new EpisodeRead(null, source.Fault(e.Message));
        }
    }
}
