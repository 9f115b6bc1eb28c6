using System.Buffers.Binary;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class TfRecordTests
{
    /// <summary>The check value of the CRC catalogue, and one of RFC 3720's.</summary>
    [Fact]
    public void Crc32C_CatalogueText_IsItsCheckValue()
    {
        Assert.Equal(0xE3069283u, MaskedCrc32C.Crc32C("123456789"u8));
        Assert.Equal(0x8A9136AAu, MaskedCrc32C.Crc32C(new byte[32]));
    }

    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        using var temporary = new TemporaryFolder();
        var records = new[] { 0, 1, 7, 8, 9, 100_000 }.Select(n => Enumerable.Range(0, n).Select(i => (byte)i).ToArray()).ToList();
        Write(temporary["f"], records);

        using var reader = new TfRecordReader(temporary["f"]);
        foreach (var (i, expected) in records.Index())
        {
            var record = reader.Next()!.Value;
            Assert.Equal(i, record.Index);
            Assert.Equal(expected, record.Data.ToArray());
        }
        Assert.Null(reader.Next());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void MoveTo_Index_GivesThatRecord(int index)
    {
        using var temporary = new TemporaryFolder();
        Write(temporary["f"], [.. "abcd".Select(c => new[] { (byte)c })]);
        using var reader = new TfRecordReader(temporary["f"]);

        reader.MoveTo(index);

        Assert.Equal((byte)"abcd"[index], reader.Next()!.Value.Data.Span[0]);
    }

    [Fact]
    public void MoveTo_BehindDamagedLength_StillGivesThatRecord()
    {
        using var temporary = new TemporaryFolder();
        Write(temporary["f"], [.. "abcd".Select(c => new[] { (byte)c })]);
        var bytes = File.ReadAllBytes(temporary["f"]);
        bytes[17] ^= 1;
        File.WriteAllBytes(temporary["f"], bytes);
        using var reader = new TfRecordReader(temporary["f"]);

        reader.MoveTo(3);

        Assert.Equal((byte)'d', reader.Next()!.Value.Data.Span[0]);
    }

    /// <summary>The first record "abc" has its length at 0, the length's checksum at 8, its data at 12 and their checksum at 15.</summary>
    [Theory]
    [InlineData(0, "length does not match its checksum")]
    [InlineData(8, "length does not match its checksum")]
    [InlineData(12, "data does not match its checksum")]
    [InlineData(15, "data does not match its checksum")]
    public void Read_FlippedBit_IsAFaultOfThatRecordAndTheNextIsRead(int position, string reason)
    {
        using var temporary = new TemporaryFolder();
        Write(temporary["f"], ["abc"u8.ToArray(), "def"u8.ToArray()]);
        var bytes = File.ReadAllBytes(temporary["f"]);
        bytes[position] ^= 1;
        File.WriteAllBytes(temporary["f"], bytes);
        using var reader = new TfRecordReader(temporary["f"]);

        var damaged = reader.Next()!.Value;
        var next = reader.Next()!.Value;

        Assert.Contains(reason, damaged.Fault?.Reason);
        Assert.Equal((0, 0), (damaged.Fault?.Record, damaged.Fault?.Offset));
        Assert.Equal("def"u8, next.Data.Span);
        Assert.Null(reader.Next());
    }

    [Theory]
    [InlineData(long.MaxValue, "allowed")]
    [InlineData(-1L, "allowed")]
    [InlineData(1_000_000L, "cut off")]
    public void Read_HostileLengthWithGoodChecksum_IsRefusedWithoutAllocation(long length, string reason)
    {
        using var temporary = new TemporaryFolder();
        var header = new byte[12 + 50];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), MaskedCrc32C.Of(header.AsSpan(0, 8)));
        File.WriteAllBytes(temporary["f"], header);
        using var reader = new TfRecordReader(temporary["f"]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var record = reader.Next()!.Value;

        Assert.Contains(reason, record.Fault!.Reason);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Null(reader.Next());
    }

    /// <summary>Damaged records with right checksums: a fault or other values, but never another exception.</summary>
    [Fact]
    public void Decode_MutatedRecords_NeverCrashes()
    {
        var layout = StorageLayout.Of(EveryFeature.Spec);
        var encoder = new ExampleEncoder(layout);
        var decoder = new ExampleDecoder(layout);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Google.Protobuf.MessageExtensions.ToByteArray(encoder.Encode((StructValue)EveryFeature.Random(EveryFeature.Spec, random, 1)));
            for (var flips = random.Next(1, 8); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                foreach (var (_, value) in decoder.Decode(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)).Leaves())
                    (value as ImageValue)?.Decode();
            }
            catch (Exception e) when (e is ExampleFormatException or Vision.ImageFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 2000);
    }

    [Fact]
    public void Decode_ZlibThatGrowsTooLarge_IsRefused()
    {
        var spec = new TensorSpec(ElementType.UInt8, [4], TensorEncoding.Zlib);
        var bomb = TensorBytes.Encode(new TensorValue(ElementType.UInt8, [1 << 20], new byte[1 << 20]), TensorEncoding.Zlib);

        Assert.Contains("more than the 4 bytes", Assert.Throws<ExampleFormatException>(() => TensorBytes.Decode(bomb, spec, null, "x")).Message);
        var claim = spec with { Shape = [1 << 30] };
        Assert.Contains("needs 1073741824", Assert.Throws<ExampleFormatException>(() => TensorBytes.Decode(bomb, claim, null, "x")).Message);
    }

    private static void Write(string path, IEnumerable<byte[]> records)
    {
        using var writer = new TfRecordWriter(path);
        foreach (var record in records)
            writer.Write(record);
    }
}
