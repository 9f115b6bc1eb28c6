using Google.Protobuf;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>What a finished shard holds.</summary>
/// <param name="Bytes">Of all its records' data.</param>
public sealed record RldsShard(long Episodes, long Bytes);

/// <summary>
/// A dataset of one split whose shards are written in any order, also by several processes: each shard has its place from the start,
/// and takes it whole.
/// </summary>
/// <param name="folder">Exists; holds the shards and, once complete, their descriptions.</param>
/// <param name="shardCount">As many as there will be.</param>
/// <exception cref="Rt1Exception">TFDS could not load the schema.</exception>
public sealed class RldsShards(string folder, string name, StructSpec features, int shardCount, string split = "train")
{
    private readonly StructSpec _features = Checked(features);
    private readonly SplitInfo _layout = new(split, SplitInfo.DefaultTemplate, new long[shardCount], 0);

    /// <summary>Writes a shard; one that is there already is replaced.</summary>
    public RldsShardWriter Create(int shard) => new(PathOf(shard), _features);

    /// <summary>True when the shard has been written.</summary>
    public bool Exists(int shard) => File.Exists(PathOf(shard));

    /// <summary>Writes the descriptions, when all shards are there.</summary>
    public void Complete(IReadOnlyList<RldsShard> shards, string version = "1.0.0", string description = "")
    {
        var info = _layout with { ShardLengths = [.. shards.Select(s => s.Episodes)], ByteCount = shards.Sum(s => s.Bytes) };
        RldsDescriptions.Write(folder, new DatasetInfo(name, version, description, [info]), _features);
    }

    private string PathOf(int shard) => Path.Combine(folder, _layout.ShardName(name, shard));

    private static StructSpec Checked(StructSpec features)
    {
        RldsDescriptions.CheckLoadable(features);
        return features;
    }
}

/// <summary>Writes one shard beside its place, and moves it there when it is complete.</summary>
public sealed class RldsShardWriter : IDisposable
{
    private readonly string _path;
    private readonly ExampleEncoder _encoder;
    private readonly TfRecordWriter _file;
    private RldsShard _written = new(0, 0);

    internal RldsShardWriter(string path, StructSpec features)
    {
        _path = path;
        _encoder = new ExampleEncoder(StorageLayout.Of(features));
        File.Delete(Draft);
        _file = new TfRecordWriter(Draft);
    }

    private string Draft => $"{_path}.incomplete";

    /// <exception cref="ArgumentException">A value is missing, or not of the schema's kind, type or shape.</exception>
    public void Write(StructValue episode)
    {
        var record = _encoder.Encode(episode).ToByteArray();
        _file.Write(record);
        _written = new(_written.Episodes + 1, _written.Bytes + record.Length);
    }

    /// <summary>Takes the shard's place; what was written survives a power failure.</summary>
    public RldsShard Complete()
    {
        _file.Flush();
        _file.Dispose();
        File.Move(Draft, _path, overwrite: true);
        return _written;
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Draft);
    }
}
