using System.Buffers.Binary;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Vision.Tests;

public class ImageCodecTests
{
    [Fact]
    public void Decode_Png_GivesTheVeryPixels()
    {
        var frame = TestImages.Gradient();
        var back = ImageCodec.Decode(ImageCodec.EncodePng(frame), "test", TimeSpan.FromSeconds(3), 7);
        Assert.Equal(frame.Pixels, back.Pixels);
        Assert.Equal((48, 64, TimeSpan.FromSeconds(3), 7L), (back.Height, back.Width, back.CapturedAt, back.Sequence));
        Assert.Null(back.Jpeg);
    }

    [Fact]
    public void Decode_Jpeg_KeepsColoursAndItsOwnBytes()
    {
        var jpeg = ImageCodec.EncodeJpeg(TestImages.Plain(200, 100, 20));
        var frame = ImageCodec.Decode(jpeg, "test");
        Assert.InRange(frame.Pixels[0], 196, 204);
        Assert.InRange(frame.Pixels[1], 96, 104);
        Assert.InRange(frame.Pixels[2], 16, 24);
        Assert.True(ImageCodec.ToJpeg(frame).Span.SequenceEqual(jpeg));
    }

    [Fact]
    public void ReadHeader_JpegAndPng_SayTheirSize()
    {
        var frame = TestImages.Gradient(31, 57);
        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 57, 31), ImageHeader.Read(ImageCodec.EncodeJpeg(frame), "test"));
        Assert.Equal(new ImageHeader(ImageFormat.Png, 57, 31), ImageHeader.Read(ImageCodec.EncodePng(frame), "test"));
    }

    [Fact]
    public void Decode_HeaderClaimsBillionsOfPixels_IsRefusedBeforeDecoding()
    {
        var bomb = ImageCodec.EncodePng(TestImages.Plain(0, 0, 0));
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 60000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 60000);
        var e = Assert.Throws<ImageFormatException>(() => ImageCodec.Decode(bomb, "bomb.png"));
        Assert.Equal("bomb.png: the image has 60000×60000 pixels, more than the 16777216 allowed.", e.Message);
    }

    [Theory]
    [InlineData(new byte[0], "got no bytes")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 }, "start with 01020304")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF }, "damaged or cut off")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0 }, "header is damaged")]
    public void Decode_NoImage_SaysWhatItGot(byte[] bytes, string expected)
    {
        var e = Assert.Throws<ImageFormatException>(() => ImageCodec.Decode(bytes, "a frame"));
        Assert.StartsWith("a frame: ", e.Message);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void Decode_CutOffAnywhere_IsRefused()
    {
        foreach (var image in new[] { ImageCodec.EncodeJpeg(TestImages.Gradient()), ImageCodec.EncodePng(TestImages.Gradient()) })
        {
            for (var length = 0; length < image.Length - 8; length += 7)
                Assert.Throws<ImageFormatException>(() => ImageCodec.Decode(image.AsMemory(0, length), "cut"));
        }
    }

    [Fact]
    public void Encode_TooFewPixels_Throws()
    {
        var frame = new Frame { Width = 4, Height = 4, Pixels = new byte[47] };
        var e = Assert.Throws<ArgumentException>(() => ImageCodec.EncodeJpeg(frame));
        Assert.Contains("needs 48 bytes, got 47", e.Message);
    }

    [Fact]
    public void Read_MissingFile_IsOneClearLine()
    {
        using var folder = new TemporaryFolder();
        var e = Assert.Throws<Rt1Exception>(() => ImageCodec.Read(folder["no.jpg"]));
        Assert.Contains("no.jpg: the image cannot be read", e.Message);
    }
}
