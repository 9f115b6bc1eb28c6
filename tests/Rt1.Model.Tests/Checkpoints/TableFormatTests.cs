using System.Text;
using Rt1.Model.Checkpoints.TensorFlow;

namespace Rt1.Model.Tests.Checkpoints;

public sealed class TableFormatTests
{
    [Fact]
    public void Crc32C_KnownVectors_MaskedAsLevelDbDoes()
    {
        // CRC-32C of "123456789" is e3069283 (RFC 3720, appendix B.4); LevelDB rotates it by 15 and adds a282ead8.
        var plain = 0xe3069283u;
        var masked = ((plain >> 15) | (plain << 17)) + 0xa282ead8u;

        Assert.Equal(masked, Crc32C.Masked("123456789"u8));
        Assert.Equal(masked, Crc32C.Masked("12345678"u8, (byte)'9'));
    }

    [Fact]
    public void Snappy_LiteralsAndCopies_AreUnpacked()
    {
        // A literal of 5 bytes, then a copy of 6 from 5 back, which overlaps itself.
        byte[] compressed = [11, 4 << 2, .. "abcde"u8, (2 << 2) | 1, 5];

        Assert.Equal("abcdeabcdea", Encoding.ASCII.GetString(Snappy.Decompress(compressed)));
    }

    [Theory]
    [InlineData(new byte[] { 200, 200, 200, 200, 1 })]                                                    // claims hundreds of megabytes
    [InlineData(new byte[] { 4, 0, 65 })]                                                                 // ends early
    [InlineData(new byte[] { 4, 0, 65, (0 << 2) | 1, 9 })]                                                // copies from before the start
    [InlineData(new byte[] { 2, 12, 65, 66, 67, 68 })]                                                    // unpacks to more than it claims
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 })]                    // an endless number
    public void Snappy_HostileInput_IsRefused(byte[] compressed) => Assert.Throws<FormatException>(() => Snappy.Decompress(compressed));
}
