using System.Buffers.Binary;
using System.Numerics;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>CRC-32C (Castagnoli) as LevelDB and TensorFlow store it: rotated and offset, so that data holding checksums stays well checked.</summary>
internal static class Crc32C
{
    /// <summary>The masked checksum of some bytes.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => Mask(~Append(~0u, bytes));

    /// <summary>The masked checksum of bytes followed by one more.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes, byte last) => Mask(~BitOperations.Crc32C(Append(~0u, bytes), last));

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    private static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + 0xa282ead8u;
}
