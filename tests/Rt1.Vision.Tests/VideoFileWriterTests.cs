using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Vision.Tests;

public sealed class VideoFileWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.avi")]
    [InlineData("A.MP4")]
    public void Write_ThenReadAsASource_GivesTheColoursBack(string name)
    {
        using (var writer = new VideoFileWriter(_folder[name], 48, 64, 3))
        {
            for (var i = 0; i < 9; i++)
                writer.Write(TestImages.Plain(220, (byte)(i * 20), 30));
            writer.Finish();
        }
        using var source = new VideoFileFrameSource(_folder[name], new FrameSourceOptions(), TimeProvider.System);
        for (var i = 0; i < 9; i++)
        {
            var pixels = source.Next(default, TimeSpan.Zero)!.Pixels;
            Assert.InRange(pixels[0], 210, 230);
            Assert.InRange(pixels[1], i * 20 - 10, i * 20 + 10);
            Assert.InRange(pixels[2], 20, 40);
        }
        Assert.True(source.IsExhausted);
    }

    [Fact]
    public void Write_FrameOfAnotherSize_IsRefused()
    {
        using var writer = new VideoFileWriter(_folder["a.avi"], 48, 64, 3);
        Assert.Equal((8, 8), Assert.Throws<FrameShapeException>(() => writer.Write(TestImages.Plain(0, 0, 0, 8, 8))).Got);
    }

    [Fact]
    public void Constructor_BadNameOrFolder_SaysWhatIsExpected()
    {
        Assert.Contains("must end in .mp4 or .avi", Assert.Throws<Rt1Exception>(() => new VideoFileWriter(_folder["a.xyz"], 8, 8, 3)).Message);
        Assert.Contains("the folder does not exist", Assert.Throws<Rt1Exception>(() => new VideoFileWriter(_folder["no", "a.mp4"], 8, 8, 3)).Message);
    }
}
