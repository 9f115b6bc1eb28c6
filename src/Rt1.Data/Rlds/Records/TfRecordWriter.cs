using System.Buffers.Binary;

namespace Rt1.Data;

/// <summary>Writes a new TFRecord file record by record.</summary>
public sealed class TfRecordWriter(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 18);

    public void Write(ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[TfRecord.HeaderSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], MaskedCrc32C.Of(header[..8]));
        Span<byte> footer = stackalloc byte[TfRecord.FooterSize];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc32C.Of(data));
        _file.Write(header);
        _file.Write(data);
        _file.Write(footer);
    }

    /// <summary>Makes what was written survive a power failure.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();
}
