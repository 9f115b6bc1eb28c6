using Rt1.Testing;

namespace OpenCvSharp.Tests;

public class Videos
{
    private static readonly Size FrameSize = new(64, 48);

    [Theory]
    [InlineData("a.avi", "MJPG")]
    [InlineData("a.mp4", "mp4v")]
    public void Write_ThenRead_GivesTheFramesBack(string name, string codec)
    {
        using var folder = new TemporaryFolder();
        using (var writer = new VideoWriter(folder[name], FourCC.FromString(codec), 10, FrameSize))
        {
            Assert.True(writer.IsOpened());
            for (var i = 0; i < 8; i++)
            {
                using var frame = new Mat(FrameSize, MatType.CV_8UC3, Scalar.All(i * 30));
                writer.Write(frame);
            }
            writer.Release();
            Assert.False(writer.IsOpened());
        }

        using var capture = new VideoCapture(folder[name]);
        Assert.True(capture.IsOpened());
        Assert.Equal((64, 48, 8), (capture.FrameWidth, capture.FrameHeight, capture.FrameCount));
        Assert.Equal(10, capture.Fps, 0.01);
        using var read = new Mat();
        for (var i = 0; i < 8; i++)
        {
            Assert.True(capture.Read(read));
            Assert.InRange(read.At<byte>(24, 3 * 32), i * 30 - 6, i * 30 + 6);
        }
        Assert.False(capture.Read(read));
    }

    [Fact]
    public void PosFrames_Set_Seeks()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new VideoWriter(folder["a.avi"], VideoWriter.FourCC("MJPG"), 5, FrameSize))
        {
            for (var i = 0; i < 6; i++)
            {
                using var frame = new Mat(FrameSize, MatType.CV_8UC3, Scalar.All(i * 40));
                writer.Write(frame);
            }
        }
        using var capture = new VideoCapture(folder["a.avi"]) { PosFrames = 4 };
        using var read = new Mat();
        Assert.True(capture.Grab() && capture.Retrieve(read));
        Assert.InRange(read.At<byte>(0, 0), 154, 166);
    }

    [Fact]
    public void VideoCapture_MissingFileOrCamera_IsNotOpened()
    {
        using var file = new VideoCapture("/nowhere/video.mp4");
        using var camera = new VideoCapture(97);
        using var image = new Mat();
        Assert.False(file.IsOpened());
        Assert.False(camera.IsOpened());
        Assert.False(file.Read(image));
    }

    [Fact]
    public void VideoCapture_FileThatIsNoVideo_IsNotOpened()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.mp4"], "not a video");
        using var capture = new VideoCapture(folder["a.mp4"]);
        Assert.False(capture.IsOpened());
    }

    [Fact]
    public void VideoWriter_FolderMissing_IsNotOpened()
    {
        using var writer = new VideoWriter("/nowhere/a.mp4", FourCC.FromString("mp4v"), 10, FrameSize);
        Assert.False(writer.IsOpened());
    }

    [Fact]
    public void FourCC_Characters_PackLowestFirst()
    {
        Assert.Equal('M' | 'J' << 8 | 'P' << 16 | 'G' << 24, (int)FourCC.FromString("MJPG"));
        Assert.Equal(FourCC.MJPG, VideoWriter.FourCC('M', 'J', 'P', 'G'));
        Assert.Throws<ArgumentException>(() => FourCC.FromString("MJPEG"));
    }
}
