using System.Globalization;
using Google.Protobuf;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>
/// Writes a dataset that TFDS loads (<c>tfds.builder_from_directory</c>): shards, <c>features.json</c>, <c>dataset_info.json</c>, class
/// names. It grows in a folder beside its final one and takes its place whole, by <see cref="Complete"/>.
/// </summary>
public sealed class RldsWriter : IDisposable
{
    private readonly string _folder;
    private readonly string _draft;
    private readonly DatasetInfo _info;
    private readonly StructSpec _features;
    private readonly ExampleEncoder _encoder;
    private readonly long _maxShardBytes;
    private readonly Dictionary<string, SplitWriter> _splits = [];

    /// <param name="folder">Must not exist yet.</param>
    /// <param name="maxShardBytes">A shard that reached this size is followed by another.</param>
    /// <exception cref="Rt1Exception">The folder is there already, or cannot be made, or TFDS could not load the schema.</exception>
    public RldsWriter(
        string folder, string name, StructSpec features, string version = "1.0.0", string description = "", long maxShardBytes = 1 << 28)
    {
        _folder = Path.GetFullPath(folder);
        _draft = $"{_folder}.incomplete";
        _info = new DatasetInfo(name, version, description, []);
        (_features, _maxShardBytes) = (features, maxShardBytes);
        _encoder = new ExampleEncoder(StorageLayout.Of(features));
        RldsDescriptions.CheckLoadable(features);
        if (Path.Exists(_folder))
            throw new Rt1Exception($"{folder}: is there already; give another folder or remove it.");
        if (Directory.Exists(_draft))
            Directory.Delete(_draft, recursive: true);
        Directory.CreateDirectory(_draft);
    }

    /// <summary>Adds an episode to a split.</summary>
    /// <exception cref="ArgumentException">A value is missing, or not of the schema's kind, type or shape.</exception>
    public void Write(StructValue episode, string split = "train")
    {
        var record = _encoder.Encode(episode).ToByteArray();
        if (!_splits.TryGetValue(split, out var writer))
            _splits[split] = writer = new SplitWriter(_draft, split, _maxShardBytes);
        writer.Write(record);
    }

    /// <summary>Names the shards, writes the descriptions, and moves the dataset to its place.</summary>
    public void Complete()
    {
        var splits = new List<SplitInfo>();
        foreach (var writer in _splits.Values)
            splits.Add(writer.Complete(_info.Name));
        RldsDescriptions.Write(_draft, _info with { Splits = splits }, _features);
        Directory.Move(_draft, _folder);
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        foreach (var writer in _splits.Values)
            writer.Dispose();
        if (Directory.Exists(_draft))
            Directory.Delete(_draft, recursive: true);
    }

    private sealed class SplitWriter(string folder, string split, long maxShardBytes) : IDisposable
    {
        private readonly List<long> _lengths = [];
        private TfRecordWriter? _shard;
        private long _shardBytes;
        private long _bytes;

        public void Write(ReadOnlySpan<byte> record)
        {
            if (_shard is null || _shardBytes >= maxShardBytes)
            {
                Close();
                _shard = new TfRecordWriter(DraftName(_lengths.Count));
                _lengths.Add(0);
                _shardBytes = 0;
            }
            _shard.Write(record);
            _lengths[^1]++;
            _shardBytes += record.Length;
            _bytes += record.Length;
        }

        public SplitInfo Complete(string dataset)
        {
            Close();
            var info = new SplitInfo(split, SplitInfo.DefaultTemplate, _lengths, _bytes);
            for (var i = 0; i < _lengths.Count; i++)
                File.Move(DraftName(i), Path.Combine(folder, info.ShardName(dataset, i)));
            return info;
        }

        public void Dispose() => _shard?.Dispose();

        private void Close()
        {
            _shard?.Flush();
            _shard?.Dispose();
            _shard = null;
        }

        private string DraftName(int shard) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{split}.{shard}"));
    }
}
