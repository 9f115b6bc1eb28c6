using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Rt1.Data;

/// <summary>Tensors that are stored as bytes, plain or compressed by zlib.</summary>
internal static class TensorBytes
{
    /// <summary>Larger tensors are refused before memory is taken.</summary>
    private const int MaxBytes = 1 << 28;

    // zlib cannot compress by more than this, so a larger claim is false.
    private const int MaxCompression = 1032;

    /// <param name="stored">The value's own shape where the record stores it; else the schema's is complete but for one dimension.</param>
    /// <exception cref="ExampleFormatException">The bytes are more or fewer than the shape needs, or not zlib's.</exception>
    public static TensorValue Decode(ReadOnlyMemory<byte> bytes, TensorSpec spec, int[]? stored, string path)
    {
        var shape = stored is null ? spec.Shape : MergeShape(stored, spec, path);
        var known = shape.Aggregate(1d, (n, d) => n * (d ?? 1)) * spec.Type.Size();
        if (!shape.Contains(null) && known > Math.Min(MaxBytes, bytes.Length * (double)MaxCompression))
            throw new ExampleFormatException(path, $"has {bytes.Length} stored bytes, but a tensor of ({Describe(shape)}) needs {known}.");
        var data = spec.Encoding == TensorEncoding.Zlib ? Decompress(bytes, shape.Contains(null) ? null : (int)known, path) : bytes;
        var unit = Math.Max((int)known, 1);
        if (shape.Contains(null) ? data.Length % unit != 0 : data.Length != known)
            throw new ExampleFormatException(path, $"has {data.Length} bytes, but a {spec.Type.Name()} tensor of ({Describe(shape)}) needs {known}.");
        return new TensorValue(spec.Type, [.. shape.Select(d => d ?? data.Length / unit)], data);
    }

    public static byte[] Encode(TensorValue value, TensorEncoding encoding)
    {
        if (encoding == TensorEncoding.Bytes)
            return value.Data.ToArray();
        var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal))
            zlib.Write(value.Data.Span);
        return target.ToArray();
    }

    private static IReadOnlyList<int?> MergeShape(int[] stored, TensorSpec spec, string path) =>
        stored.Zip(spec.Shape).All(s => s.Second is null || s.First == s.Second)
            ? [.. stored.Select(d => (int?)d)]
            : throw new ExampleFormatException(path, $"has the shape ({string.Join(", ", stored)}), expected ({Describe(spec.Shape)}).");

    /// <param name="size">The size that the result must have; null when it is not known.</param>
    private static byte[] Decompress(ReadOnlyMemory<byte> bytes, int? size, string path)
    {
        MemoryMarshal.TryGetArray(bytes, out var segment);
        using var zlib = new ZLibStream(new MemoryStream(segment.Array!, segment.Offset, segment.Count), CompressionMode.Decompress);
        try
        {
            if (size is null)
                return ReadAll(zlib, path);
            var data = new byte[size.Value];
            zlib.ReadExactly(data);
            return zlib.ReadByte() < 0 ? data : throw new ExampleFormatException(path, $"holds more than the {size} bytes that its shape needs.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new ExampleFormatException(path, $"is not zlib data of {size?.ToString() ?? "any number of"} bytes ({e.Message})");
        }
    }

    private static byte[] ReadAll(ZLibStream zlib, string path)
    {
        var all = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int read; (read = zlib.Read(chunk)) > 0;)
        {
            if (all.Length + read > MaxBytes)
                throw new ExampleFormatException(path, $"holds more than the {MaxBytes} bytes allowed.");
            all.Write(chunk, 0, read);
        }
        return all.ToArray();
    }

    private static string Describe(IReadOnlyList<int?> shape) => string.Join(", ", shape.Select(d => d?.ToString() ?? "any"));
}
