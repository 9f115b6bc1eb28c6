using System.Buffers.Binary;
using System.Numerics;

namespace Rt1.Data;

/// <summary>The checksum of TFRecord files: CRC-32C (Castagnoli), rotated and offset so that checksums of checksums stay apart.</summary>
internal static class MaskedCrc32C
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = Crc32C(data);
        return BitOperations.RotateRight(crc, 15) + 0xA282EAD8;
    }

    internal static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var b in data)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
