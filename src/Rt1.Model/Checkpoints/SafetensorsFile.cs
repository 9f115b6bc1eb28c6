using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace Rt1.Model.Checkpoints;

/// <summary>A safetensors file, memory-mapped: tensors are read when they are asked for.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _dataStart;

    private SafetensorsFile(string path, MemoryMappedFile file, MemoryMappedViewAccessor view, long length)
    {
        Path = path;
        _file = file;
        _view = view;
        var headerBytes = view.ReadInt64(0);
        if (headerBytes is < 2 or > SafetensorsHeader.MaxBytes || headerBytes > length - 8)
            throw new FormatException($"it is truncated or no safetensors file: the header claims {(ulong)headerBytes} bytes of {length - 8}.");
        var header = new byte[headerBytes];
        view.ReadArray(8, header, 0, header.Length);
        _dataStart = 8 + headerBytes;
        (Entries, Metadata) = SafetensorsHeader.Parse(header, length - _dataStart);
    }

    public string Path { get; }

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated, or not safetensors.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
            throw new CheckpointException(path, "there is no such file.");
        var length = new FileInfo(path).Length;
        if (length < 8)
            throw new CheckpointException(path, $"it is truncated: {length} bytes are too few for a safetensors file.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        try
        {
            return new SafetensorsFile(path, file, view, length);
        }
        catch (FormatException e)
        {
            view.Dispose();
            file.Dispose();
            throw new CheckpointException(path, e.Message, e);
        }
    }

    /// <summary>Reads one tensor onto the CPU, in the file's type and shape.</summary>
    /// <exception cref="CheckpointException">The file has no tensor of this name.</exception>
    public unsafe Tensor Read(string name)
    {
        var entry = Entries.GetValueOrDefault(name) ?? throw new CheckpointException(Path, $"tensor '{name}' is missing.");
        var tensor = empty([.. entry.Shape], entry.Type);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        try
        {
            new ReadOnlySpan<byte>(pointer + _view.PointerOffset + _dataStart + entry.Offset, checked((int)entry.ByteCount)).CopyTo(tensor.bytes);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
        return tensor;
    }

    /// <summary>
    /// Writes tensors in the order given. The file is complete on the disk when this returns; a reader must not look before
    /// (checkpoints are written to a sibling folder and renamed).
    /// </summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var list = tensors.ToList();
        var header = WriteHeader(list, metadata);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in list)
        {
            using var scope = NewDisposeScope();
            stream.Write(tensor.cpu().contiguous().bytes);
        }
        stream.Flush(flushToDisk: true);
    }

    private static byte[] WriteHeader(List<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var bytes = tensor.numel() * SafetensorsHeader.SizeOf(tensor.dtype);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsHeader.NameOf(tensor.dtype));
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [offset, offset += bytes]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(System.Text.Json.Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
