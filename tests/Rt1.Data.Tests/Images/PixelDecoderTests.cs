using System.Buffers.Binary;
using OpenCvSharp;
using Rt1.Vision;

namespace Rt1.Data.Tests;

public class PixelDecoderTests
{
    private static readonly ImageSpec Any = new(ElementType.UInt8, null, null, 3);

    [Fact]
    public void Decode_ImageWithHostileHeader_IsRefusedBeforeAllocation()
    {
        var png = Png(new byte[3], MatType.CV_8UC3, 1, 1);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 1_000_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Assert.Throws<ImageFormatException>(() => PixelDecoder.Decode(png, Any, "x"));

        Assert.Contains("1000000×1000000 pixels, more than", fault.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Decode_OtherSizeThanTheFeature_IsRefused()
    {
        var image = Png(new byte[6], MatType.CV_8UC3, 1, 2);

        Assert.Contains("is 1×2 (height × width), but its feature says any×3",
            Assert.Throws<ImageFormatException>(() => PixelDecoder.Decode(image, Any with { Width = 3 }, "x")).Message);
    }

    [Fact]
    public void Decode_SixteenBitDepth_KeepsEveryBit()
    {
        ushort[] depth = [0, 1, 255, 256, 40_000, 65_535];
        var image = Png(depth, MatType.CV_16UC1, 2, 3);

        var decoded = PixelDecoder.Decode(image, new ImageSpec(ElementType.UInt16, 2, 3, 1), "x");

        Assert.Equal(depth, decoded.Tensor.As<ushort>().ToArray());
    }

    /// <summary>TFDS stores a float32 image's bytes as the red, green, blue and alpha of a PNG.</summary>
    [Fact]
    public void Decode_FloatImage_IsTheBytesOfItsFourChannels()
    {
        float[] distances = [0.25f, -1e-20f, 3e30f, 7];
        var rgba = System.Runtime.InteropServices.MemoryMarshal.AsBytes(distances.AsSpan()).ToArray();
        var bgra = rgba.Chunk(4).SelectMany(p => new[] { p[2], p[1], p[0], p[3] }).ToArray();
        var image = Png(bgra, MatType.CV_8UC4, 2, 2);

        var decoded = PixelDecoder.Decode(image, new ImageSpec(ElementType.Float32, 2, 2, 1), "x");

        Assert.Equal(distances, decoded.Tensor.As<float>().ToArray());
    }

    [Fact]
    public void Decode_EightBitImageWhereSixteenAreExpected_IsRefused()
    {
        var image = Png(new byte[4], MatType.CV_8UC1, 2, 2);

        Assert.Contains("but its feature says uint16", Assert.Throws<ImageFormatException>(
            () => PixelDecoder.Decode(image, new ImageSpec(ElementType.UInt16, 2, 2, 1), "x")).Message);
    }

    [Fact]
    public void Decode_IntoABatch_ResizesToItsSize()
    {
        var image = new StoredImage(Png(new byte[] { 0, 0, 0, 100, 100, 100, 0, 0, 0, 100, 100, 100 }, MatType.CV_8UC3, 2, 2), Any);
        var target = new byte[3];

        RgbImages.Decode(image, 1, 1, target);

        Assert.Equal([50, 50, 50], target);
    }

    private static byte[] Png(Array pixels, MatType type, int rows, int columns)
    {
        using var mat = Mat.FromPixelData(rows, columns, type, pixels);
        Cv2.ImEncode(".png", mat, out var bytes);
        return bytes;
    }
}
