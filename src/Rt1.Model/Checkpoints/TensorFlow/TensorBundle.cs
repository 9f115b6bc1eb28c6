using Google.Protobuf;
using Rt1.Model.Checkpoints.TensorFlow.Protos;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>One variable of a TensorFlow checkpoint, as its index describes it.</summary>
/// <param name="IsFloat">Whether it is float32; counters and the object graph are not.</param>
/// <param name="Shape">Sizes in TensorFlow's layout.</param>
internal sealed record BundleVariable(bool IsFloat, IReadOnlyList<long> Shape, int Shard, long Offset, long ByteCount, uint Checksum)
{
    public long ElementCount => Shape.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>
/// A TensorFlow checkpoint: <c>NAME.index</c> and its data shards <c>NAME.data-00000-of-00001</c>. Names, shapes and types come from the index
/// alone; data is read variable by variable and checked against its CRC-32C.
/// </summary>
internal sealed class TensorBundle
{
    private const int Float32 = 1;
    private const string Suffix = "/.ATTRIBUTES/VARIABLE_VALUE";
    private readonly string _prefix;
    private readonly int _shards;

    private TensorBundle(string indexPath)
    {
        IndexPath = indexPath;
        _prefix = indexPath[..^".index".Length];
        var entries = SortedTable.Read(File.ReadAllBytes(indexPath));
        if (entries is not [{ Key: "" } first, ..])
            throw new FormatException("its first entry is not a header.");
        var header = BundleHeader.Parser.ParseFrom(first.Value);
        if (header.Endianness != BundleHeader.Types.Endianness.Little)
            throw new FormatException("its data is big-endian, which is not supported.");
        _shards = header.NumShards;
        Variables = entries.Skip(1).ToDictionary(e => NameOf(e.Key), e => ParseEntry(e.Key, e.Value));
    }

    public string IndexPath { get; }

    /// <summary>The variables by their checkpoint keys, without the constant ending.</summary>
    public IReadOnlyDictionary<string, BundleVariable> Variables { get; }

    /// <exception cref="CheckpointException">The index is missing, truncated, damaged, or not a TensorFlow checkpoint's.</exception>
    public static TensorBundle Open(string indexPath)
    {
        if (!indexPath.EndsWith(".index", StringComparison.Ordinal))
            throw new CheckpointException(indexPath, "a TensorFlow checkpoint is named by its .index file.");
        if (!File.Exists(indexPath))
            throw new CheckpointException(indexPath, "there is no such file.");
        try
        {
            return new TensorBundle(indexPath);
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            throw new CheckpointException(indexPath, $"the index cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a float32 variable's bytes, row-major in TensorFlow's layout.</summary>
    /// <exception cref="CheckpointException">The variable or its data file is missing, or the data is truncated or damaged.</exception>
    public void Read(string name, Span<byte> destination)
    {
        var variable = Variables.GetValueOrDefault(name) ?? throw new CheckpointException(IndexPath, $"the variable '{name}' is missing.");
        var path = $"{_prefix}.data-{variable.Shard:00000}-of-{_shards:00000}";
        if (!File.Exists(path))
            throw new CheckpointException(IndexPath, $"its data file '{Path.GetFileName(path)}' is missing.");
        using var file = File.OpenHandle(path);
        if (RandomAccess.GetLength(file) - variable.ByteCount < variable.Offset)
            throw new CheckpointException(IndexPath, $"its data file '{Path.GetFileName(path)}' is truncated: " +
                $"'{name}' of {variable.ByteCount} bytes begins at byte {variable.Offset} of {RandomAccess.GetLength(file)}.");
        for (var done = 0; done < destination.Length;)
        {
            var read = RandomAccess.Read(file, destination[done..], variable.Offset + done);
            done += read > 0 ? read : throw new CheckpointException(IndexPath, $"its data file '{Path.GetFileName(path)}' became shorter while it was read.");
        }
        if (Crc32C.Masked(destination) != variable.Checksum)
            throw new CheckpointException(IndexPath, $"'{name}' fails its checksum; the data file is damaged.");
    }

    private static string NameOf(string key) => key.EndsWith(Suffix, StringComparison.Ordinal) ? key[..^Suffix.Length] : key;

    private static BundleVariable ParseEntry(string key, byte[] value)
    {
        var entry = BundleEntry.Parser.ParseFrom(value);
        var shape = entry.Shape?.Dim.Select(d => d.Size).ToArray() ?? [];
        var variable = new BundleVariable(entry.Dtype == Float32, shape, entry.ShardId, entry.Offset, entry.Size, entry.Crc32C);
        if (shape.Any(size => size < 0) || entry.Offset < 0 || entry.Size < 0)
            throw new FormatException($"'{key}' has impossible sizes.");
        if (entry.Slices.Count > 0)
            throw new FormatException($"'{key}' is stored in slices, which is not supported.");
        if (variable.IsFloat && checked(variable.ElementCount * sizeof(float)) != entry.Size)
            throw new FormatException($"'{key}' of shape [{string.Join(", ", shape)}] cannot take {entry.Size} bytes.");
        return variable;
    }
}
