using System.Buffers.Binary;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>Reads numbers from bytes in order; running past the end is a <see cref="FormatException"/>.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    /// <summary>A base-128 number of at most 64 bits, as Protocol Buffers write it.</summary>
    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }
        throw new FormatException("a number is longer than 64 bits.");
    }

    /// <summary>A count or length; anything beyond 2³¹ is an error.</summary>
    public int Length()
    {
        var value = Varint();
        return value <= int.MaxValue ? (int)value : throw new FormatException($"the length {value} is impossible.");
    }

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A little-endian number of one to four bytes.</summary>
    public uint LittleEndian(int bytes)
    {
        var value = 0u;
        for (var i = 0; i < bytes; i++)
            value |= (uint)Byte() << (8 * i);
        return value;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
            throw new FormatException("it ends in the middle of a record.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
