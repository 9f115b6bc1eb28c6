using System.Text;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>
/// Reads the key-value table of a checkpoint's index: LevelDB's sorted string table
/// (https://github.com/google/leveldb/blob/main/doc/table_format.md). Data blocks, an index block of their places, a footer of 48 bytes.
/// Keys share prefixes with their predecessors; each block ends with its compression type and a masked CRC-32C.
/// </summary>
internal static class SortedTable
{
    private const int FooterBytes = 48;
    private const int TrailerBytes = 5;
    private static ReadOnlySpan<byte> Magic => [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

    /// <summary>All entries in the order of their keys.</summary>
    /// <exception cref="FormatException">The table is truncated, damaged, or none.</exception>
    public static List<(string Key, byte[] Value)> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FooterBytes || !file[^Magic.Length..].SequenceEqual(Magic))
            throw new FormatException("it does not end like a TensorFlow checkpoint index; it is truncated or of another kind.");
        var footer = new ByteCursor(file[^FooterBytes..]);
        ReadHandle(ref footer);                                                                           // the meta index, which bundles leave empty
        var entries = new List<(string, byte[])>();
        foreach (var (_, handle) in ReadBlock(file, ReadHandle(ref footer)))
        {
            var cursor = new ByteCursor(handle);
            entries.AddRange(ReadBlock(file, ReadHandle(ref cursor)));
        }
        return entries;
    }

    private static (int Offset, int Size) ReadHandle(ref ByteCursor cursor) => (cursor.Length(), cursor.Length());

    private static List<(string Key, byte[] Value)> ReadBlock(ReadOnlySpan<byte> file, (int Offset, int Size) handle)
    {
        if ((long)handle.Offset + handle.Size + TrailerBytes > file.Length)
            throw new FormatException($"it is truncated: a block at byte {handle.Offset} of {handle.Size} bytes lies beyond its end.");
        var stored = file.Slice(handle.Offset, handle.Size);
        var trailer = new ByteCursor(file.Slice(handle.Offset + handle.Size, TrailerBytes));
        var compression = trailer.Byte();
        if (trailer.UInt32() != Crc32C.Masked(stored, compression))
            throw new FormatException($"the block at byte {handle.Offset} fails its checksum; the file is damaged.");
        return compression switch
        {
            0 => ParseBlock(stored),
            1 => ParseBlock(Snappy.Decompress(stored)),
            _ => throw new FormatException($"the block at byte {handle.Offset} has the unknown compression {compression}."),
        };
    }

    private static List<(string Key, byte[] Value)> ParseBlock(ReadOnlySpan<byte> block)
    {
        if (block.Length < 4)
            throw new FormatException("a block is empty.");
        var restarts = new ByteCursor(block[^4..]).UInt32();
        var end = block.Length - 4 - 4L * restarts;
        if (end < 0)
            throw new FormatException("a block claims more restart points than it has bytes.");
        var entries = new List<(string, byte[])>();
        var cursor = new ByteCursor(block[..(int)end]);
        byte[] key = [];
        while (!cursor.AtEnd)
        {
            var (shared, added, valueLength) = (cursor.Length(), cursor.Length(), cursor.Length());
            if (shared > key.Length)
                throw new FormatException("a key shares more than its predecessor has.");
            key = [.. key.AsSpan(0, shared), .. cursor.Take(added)];
            entries.Add((Encoding.UTF8.GetString(key), cursor.Take(valueLength).ToArray()));
        }
        return entries;
    }
}
