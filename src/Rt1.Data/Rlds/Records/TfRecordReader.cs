using System.Buffers.Binary;

namespace Rt1.Data;

/// <summary>
/// Reads a TFRecord file from front to back, one record in memory at a time, and verifies both checksums of each. After a record whose data is
/// damaged it goes on with the next; after one whose length is damaged it searches for the next position that both checksums confirm.
/// </summary>
internal sealed class TfRecordReader(string path) : IDisposable
{
    private readonly FileStream _file = Open(path);
    private byte[] _buffer = [];

    /// <summary>The number of the next record in the file.</summary>
    public long Index { get; private set; }

    /// <summary>The next record or fault; null at the end of the file.</summary>
    public RecordRead? Next()
    {
        var offset = _file.Position;
        var remaining = _file.Length - offset;
        if (remaining == 0)
            return null;
        if (remaining < TfRecord.HeaderSize)
            return Skip($"the file ends inside the record's header: {remaining} of {TfRecord.HeaderSize} bytes are there.", _file.Length);
        Span<byte> header = stackalloc byte[TfRecord.HeaderSize];
        _file.ReadExactly(header);
        if (!IsHeader(header, out var length))
            return Skip("the record's length does not match its checksum.", FindNext(offset + 1));
        if (length is < 0 or > TfRecord.MaxLength)
            return Skip($"the record claims {(ulong)length} bytes, more than the {TfRecord.MaxLength} allowed.", FindNext(offset + 1));
        if (!Fits(length, _file.Position))
        {
            return Skip($"the file is cut off: the record needs {length + TfRecord.FooterSize} bytes after its header, " +
                $"{remaining - TfRecord.HeaderSize} are there.", FindNext(offset + 1));
        }
        var data = ReadData((int)length);
        return data is { } good ? new RecordRead(Index++, offset, good, null)
            : Skip("the record's data does not match its checksum.", _file.Position);

        RecordRead Skip(string reason, long next)
        {
            _file.Position = next;
            return new RecordRead(Index, offset, default, new DataFault(path, reason, Index++, offset));
        }
    }

    /// <summary>Passes over records, by their headers alone, until the next one is <paramref name="index"/>.</summary>
    public void MoveTo(long index)
    {
        Span<byte> header = stackalloc byte[TfRecord.HeaderSize];
        while (Index < index && _file.Position < _file.Length)
        {
            var offset = _file.Position;
            if (_file.Length - offset >= TfRecord.HeaderSize)
            {
                _file.ReadExactly(header);
                if (IsHeader(header, out var length) && Fits(length, _file.Position))
                {
                    _file.Position += length + TfRecord.FooterSize;
                    Index++;
                    continue;
                }
                _file.Position = offset;
            }
            Next();
        }
    }

    public void Dispose() => _file.Dispose();

    private ReadOnlyMemory<byte>? ReadData(int length)
    {
        var total = length + TfRecord.FooterSize;
        if (_buffer.Length < total)
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(total, Math.Min(2 * _buffer.Length, TfRecord.MaxLength)));
        _file.ReadExactly(_buffer, 0, total);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(length));
        // Not a conditional expression: there null would become an empty memory.
        if (MaskedCrc32C.Of(_buffer.AsSpan(0, length)) != checksum)
            return null;
        return _buffer.AsMemory(0, length);
    }

    /// <summary>
    /// The first position from <paramref name="start"/> on where a whole, undamaged record begins; the file's end when there is none.
    /// </summary>
    private long FindNext(long start)
    {
        var window = new byte[1 << 16];
        for (var at = start; _file.Length - at >= TfRecord.HeaderSize;)
        {
            _file.Position = at;
            var read = _file.ReadAtLeast(window, TfRecord.HeaderSize, throwOnEndOfStream: false);
            for (var i = 0; i + TfRecord.HeaderSize <= read; i++)
            {
                if (IsHeader(window.AsSpan(i, TfRecord.HeaderSize), out var length) && IsRecord(at + i, length))
                    return at + i;
            }
            at += read - TfRecord.HeaderSize + 1;
        }
        return _file.Length;
    }

    private bool IsRecord(long offset, long length)
    {
        if (!Fits(length, offset + TfRecord.HeaderSize))
            return false;
        _file.Position = offset + TfRecord.HeaderSize;
        return ReadData((int)length) is not null;
    }

    private bool Fits(long length, long dataStart) =>
        length is >= 0 and <= TfRecord.MaxLength && length + TfRecord.FooterSize <= _file.Length - dataStart;

    private static bool IsHeader(ReadOnlySpan<byte> header, out long length)
    {
        length = BinaryPrimitives.ReadInt64LittleEndian(header);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == MaskedCrc32C.Of(header[..8]);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFaultException(new DataFault(path, $"the shard cannot be read: {e.Message}"));
        }
    }
}
