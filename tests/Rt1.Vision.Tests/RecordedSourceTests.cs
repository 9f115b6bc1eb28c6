using Microsoft.Extensions.Time.Testing;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Vision.Tests;

public sealed class RecordedSourceTests : IDisposable
{
    private static readonly FrameSourceOptions AnyFrames = new();

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    private string Images(int count)
    {
        for (var i = 0; i < count; i++)
            File.WriteAllBytes(_folder[$"{i:000}.png"], ImageCodec.EncodePng(TestImages.Plain((byte)(i * 10), 0, 0)));
        File.WriteAllText(_folder["notes.txt"], "not an image");
        return _folder.Path;
    }

    private string Video(int count, double rateHz = 10)
    {
        using var writer = new VideoFileWriter(_folder["video.avi"], 48, 64, rateHz);
        for (var i = 0; i < count; i++)
            writer.Write(TestImages.Plain((byte)(i * 10), (byte)(i * 10), (byte)(i * 10)));
        writer.Finish();
        return _folder["video.avi"];
    }

    private static List<int> Reds(IFrameSource source)
    {
        var reds = new List<int>();
        while (!source.IsExhausted)
            reds.Add((int)Math.Round(source.Next(default, TimeSpan.Zero)!.Red() / 10.0));
        Assert.Null(source.Next(default, TimeSpan.Zero));
        return reds;
    }

    [Fact]
    public void ImageFolder_ReadToItsEnd_GivesEveryImageByName()
    {
        using var source = FrameSources.Open(Images(12), AnyFrames, _time);
        Assert.Equal(Enumerable.Range(0, 12), Reds(source));
    }

    [Fact]
    public void VideoFile_ReadToItsEnd_GivesEveryFrame()
    {
        using var source = FrameSources.Open(Video(12), AnyFrames, _time);
        Assert.Equal(Enumerable.Range(0, 12), Reds(source));
    }

    [Theory]
    [InlineData(5, new[] { 0, 2, 4, 6, 8, 10 })]
    [InlineData(4, new[] { 0, 2, 5, 7, 10 })]
    [InlineData(20, new[] { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11 })]
    public void VideoFile_AtARate_TakesTheFramesOfThatRate(double rateHz, int[] expected)
    {
        using var source = new VideoFileFrameSource(Video(12, rateHz: 10), new FrameSourceOptions { RateHz = rateHz }, _time);
        Assert.Equal(expected, Reds(source));
    }

    [Fact]
    public void Next_StampsThePresentAndCounts()
    {
        using var source = FrameSources.Open(Images(3), AnyFrames, _time);
        source.Next(default, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(2));
        var frame = source.Next(default, TimeSpan.Zero)!;
        Assert.Equal(_time.GetElapsedTime(0), frame.CapturedAt);
        Assert.Equal(1, frame.Sequence);
    }

    [Fact]
    public async Task Next_AskedForLater_WaitsUntilThen()
    {
        using var source = FrameSources.Open(Images(3), AnyFrames, _time);
        var due = _time.GetElapsedTime(0) + TimeSpan.FromSeconds(1);
        var next = Task.Run(() => source.Next(due, TimeSpan.FromSeconds(5)));
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
        Assert.True((await next)!.CapturedAt >= due);
    }

    [Fact]
    public async Task Next_DueAfterTheTimeout_IsNullAndLosesNoFrame()
    {
        using var source = FrameSources.Open(Images(3), AnyFrames, _time);
        var next = Task.Run(() => source.Next(_time.GetElapsedTime(0) + TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
        Assert.Null(await next);
        Assert.Equal([0, 1, 2], Reds(source));
    }

    [Fact]
    public void Next_AlreadyOverdue_GivesTheFrameAtOnce()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        using var source = FrameSources.Open(Images(3), AnyFrames, _time);
        Assert.NotNull(source.Next(_time.GetElapsedTime(0) - TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public void Next_Cancelled_ThrowsAndLosesNoFrame()
    {
        using var source = FrameSources.Open(Images(3), AnyFrames, _time);
        Assert.ThrowsAny<OperationCanceledException>(() => source.Next(default, TimeSpan.Zero, new CancellationToken(canceled: true)));
        Assert.Equal([0, 1, 2], Reds(source));
    }

    [Fact]
    public void Open_MissingOrEmptyOrBroken_IsOneClearLine()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Directory.CreateDirectory(_folder["broken"]);
        File.WriteAllText(_folder["broken", "a.jpg"], "no");
        File.WriteAllText(_folder["no.mp4"], "no video");
        AssertRefused<FrameSourceException>(_folder["missing.mp4"], "the file does not exist");
        AssertRefused<FrameSourceException>(_folder["no.mp4"], "does not open; expected a video file");
        AssertRefused<FrameSourceException>(_folder["empty"], "holds no images");
        AssertRefused<ImageFormatException>(_folder["broken"], "a.jpg: expected a JPEG or PNG image, got 2 bytes");
        AssertRefused<FrameSourceException>("", "is empty");
        AssertRefused<FrameSourceException>("ftp://host/a", "got 'ftp'");
        AssertRefused<FrameSourceException>("97", "camera '/dev/video97': there is no such device");
        AssertRefused<FrameSourceException>("/dev/video98", "there is no such device");
    }

    private void AssertRefused<T>(string source, string message) where T : Rt1Exception
    {
        var e = Assert.Throws<T>(() => FrameSources.Open(source, AnyFrames, _time));
        Assert.Contains(message, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Open_FramesOfAnotherSize_NamesBoth()
    {
        var options = new FrameSourceOptions { Height = 256, Width = 320 };
        foreach (var source in new[] { Images(1), Video(2) })
        {
            var e = Assert.Throws<FrameShapeException>(() => FrameSources.Open(source, options, _time));
            Assert.Equal(((256, 320), (48, 64)), (e.Expected, e.Got));
        }
    }

    [Fact]
    public void ImageFolder_LaterImageBroken_ThrowsThereAndNamesIt()
    {
        var folder = Images(3);
        File.WriteAllText(_folder["001.png"], "broken");
        using var source = FrameSources.Open(folder, AnyFrames, _time);
        Assert.NotNull(source.Next(default, TimeSpan.Zero));
        Assert.Contains("001.png", Assert.Throws<ImageFormatException>(() => source.Next(default, TimeSpan.Zero)).Message);
    }
}
