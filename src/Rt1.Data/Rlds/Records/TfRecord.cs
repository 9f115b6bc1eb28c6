namespace Rt1.Data;

/// <summary>
/// The layout of a TFRecord file: for each record its length (8 bytes), the length's checksum (4), the data, the data's checksum (4);
/// little-endian.
/// </summary>
internal static class TfRecord
{
    public const int HeaderSize = 12;
    public const int FooterSize = 4;

    /// <summary>A longer record is refused before memory is taken: no episode comes near it.</summary>
    public const int MaxLength = 1 << 30;
}

/// <summary>One record of a file, or why it cannot be used.</summary>
/// <param name="Index">Its number in the file, from 0.</param>
/// <param name="Offset">Where it starts, bytes.</param>
/// <param name="Data">Its data; valid until the next record is read. Empty when there is a fault.</param>
internal readonly record struct RecordRead(long Index, long Offset, ReadOnlyMemory<byte> Data, DataFault? Fault);
