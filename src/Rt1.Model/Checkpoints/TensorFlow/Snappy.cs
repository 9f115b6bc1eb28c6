namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>Decompresses Snappy blocks (https://github.com/google/snappy/blob/main/format_description.txt), which published indices use.</summary>
internal static class Snappy
{
    /// <summary>Far above any block of an index; stops a forged length before it is allocated.</summary>
    private const int MaxBytes = 64 << 20;

    /// <exception cref="FormatException">The data is not Snappy, or claims to unpack to more than 64 MiB.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> compressed)
    {
        var cursor = new ByteCursor(compressed);
        var length = cursor.Length();
        if (length > MaxBytes)
            throw new FormatException($"a compressed block claims {length} bytes.");
        var output = new byte[length];
        var position = 0;
        while (!cursor.AtEnd)
        {
            var tag = cursor.Byte();
            if ((tag & 3) == 0)
            {
                var literal = tag >> 2;
                var count = literal < 60 ? literal + 1L : cursor.LittleEndian(literal - 59) + 1L;
                if (count > length - position)
                    throw new FormatException("a compressed block unpacks to more than it claims.");
                cursor.Take((int)count).CopyTo(output.AsSpan(position));
                position += (int)count;
                continue;
            }
            var (copy, offset) = (tag & 3) switch
            {
                1 => (((tag >> 2) & 7) + 4, (uint)(tag >> 5) << 8 | cursor.Byte()),
                2 => ((tag >> 2) + 1, cursor.LittleEndian(2)),
                _ => ((tag >> 2) + 1, cursor.LittleEndian(4)),
            };
            if (offset == 0 || offset > position || copy > length - position)
                throw new FormatException("a compressed block refers outside itself.");
            for (var i = 0; i < copy; i++, position++)
                output[position] = output[position - (int)offset];
        }
        return position == length ? output : throw new FormatException($"a compressed block ends after {position} of {length} bytes.");
    }
}
