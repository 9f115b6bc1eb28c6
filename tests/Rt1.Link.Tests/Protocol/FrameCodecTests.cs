using System.Numerics;
using System.Text;
using Rt1.Core;

namespace Rt1.Link.Tests;

public class FrameCodecTests
{
    private static readonly FrameCodec Codec = new(new MessageSeal(null));

    private static readonly Frame Image = new()
    {
        Width = 32,
        Height = 16,
        Pixels = [.. Enumerable.Range(0, 32 * 16 * 3).Select(i => (byte)(i / 8))],
        CapturedAt = TimeSpan.FromSeconds(2),
        Sequence = 9,
    };

    [Fact]
    public void Frame_RawThereAndBack_IsTheSameOnTheOtherClock()
    {
        var frame = Decode(Codec.Encode(Image, new RobotState { BasePose = new Vector3(1, 2, 3) }, null), TimeSpan.FromSeconds(5));

        Assert.Equal(Image.Pixels, frame.Pixels);
        Assert.Equal((32, 16, 9L), (frame.Width, frame.Height, frame.Sequence));
        Assert.Equal(TimeSpan.FromSeconds(-3), frame.CapturedAt);
        Assert.Equal(new Vector3(1, 2, 3), frame.State!.BasePose);
        Assert.Null(frame.Jpeg);
    }

    [Fact]
    public void Frame_AsJpeg_KeepsTheFileAndNearlyThePixels()
    {
        var message = Codec.Encode(Image, null, 95);

        var frame = Decode(message, TimeSpan.Zero);

        Assert.NotNull(frame.Jpeg);
        Assert.True(frame.Pixels.Zip(Image.Pixels, (a, b) => Math.Abs(a - b)).Average() < 4);
        Assert.Equal(message, Codec.Encode(frame, null, null));
    }

    [Fact]
    public void Frame_OnTheWire_IsLengthHeaderPixels()
    {
        var tiny = new Frame { Width = 1, Height = 1, Pixels = [10, 20, 30], CapturedAt = TimeSpan.FromMilliseconds(1.5), Sequence = 4 };

        var message = Codec.Encode(tiny, null, null);

        const string header = """{"sequence":4,"captured_at_us":1500,"height":1,"width":1,"encoding":"rgb8"}""";
        Assert.Equal([(byte)header.Length, 0, 0, 0, .. Encoding.UTF8.GetBytes(header), 10, 20, 30], message);
    }

    [Theory]
    [InlineData("""{"sequence":4,"captured_at_us":1,"height":1,"width":1,"encoding":"rgb8"}""", 4)]
    [InlineData("""{"sequence":4,"captured_at_us":1,"height":65536,"width":65536,"encoding":"rgb8"}""", 0)]
    [InlineData("""{"sequence":4,"captured_at_us":1,"height":-1,"width":-1,"encoding":"rgb8"}""", 3)]
    [InlineData("""{"sequence":4,"captured_at_us":1,"height":1,"width":1,"encoding":"png"}""", 3)]
    [InlineData("""{"sequence":4,"captured_at_us":1,"height":1,"width":1,"encoding":"rgb8","state":{"measured_at_us":1,"base_pose":[1]}}""", 3)]
    [InlineData("""{"sequence":4}""", 3)]
    [InlineData("no json", 3)]
    public void Frame_HeaderThatLies_IsMalformed(string header, int pixels)
    {
        byte[] message = [(byte)header.Length, (byte)(header.Length >> 8), 0, 0, .. Encoding.UTF8.GetBytes(header), .. new byte[pixels]];

        Assert.ThrowsAny<FormatException>(() => Decode(message, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 9, 0, 0, 0, 1 })]
    public void Frame_Cut_IsMalformed(byte[] message) =>
        Assert.Throws<MalformedMessageException>(() => Decode(message, TimeSpan.Zero));

    [Fact]
    public void Frame_WithAnotherKey_IsABadMac()
    {
        var message = new FrameCodec(new MessageSeal(new byte[16])).Encode(Image, null, null);

        Assert.Throws<MalformedMessageException>(() => new FrameCodec(new MessageSeal([.. Enumerable.Repeat((byte)1, 16)])).ReadHeader(message, out _));
    }

    private static Frame Decode(byte[] message, TimeSpan clockOffset)
    {
        var header = Codec.ReadHeader(message, out var image);
        return FrameCodec.Decode(header, image.ToArray(), clockOffset);
    }
}
