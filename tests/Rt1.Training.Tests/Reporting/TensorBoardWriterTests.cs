using System.Buffers.Binary;
using Microsoft.Extensions.Time.Testing;
using Rt1.Testing;
using Rt1.Training.Wire;
using Rt1.Vision;

namespace Rt1.Training.Tests;

public class TensorBoardWriterTests
{
    /// <summary>1600000000.5 seconds after 1970.</summary>
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_600_000_000_500);

    /// <summary>
    /// The file of this very call, record by record: length, its masked CRC-32C, an Event, its masked CRC-32C. Made by a program of its own from
    /// the published field numbers, with a CRC computed bit by bit.
    /// </summary>
    [Fact]
    public void Scalar_OneStep_GivesTheseBytes()
    {
        using var folder = new TemporaryFolder();
        var writer = new TensorBoardWriter(folder.Path, new FakeTimeProvider(Now));
        writer.Scalar(7, "loss/total", 0.25);
        writer.Dispose();

        Assert.Equal(
            "1800000000000000a37f4b22090000200084d7d7411a0d627261696e2e4576656e743a32e202d05d20000000" +
            "0000000029eda950090000200084d7d74110072a130a110a0a6c6f73732f746f74616c150000803e76944395",
            Convert.ToHexStringLower(File.ReadAllBytes(writer.FileName)));
    }

    [Fact]
    public void Scalar_SeveralSteps_AreInTheirOrder()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(folder.Path, new FakeTimeProvider(Now));
        writer.Scalar(1, "a", 1);
        writer.Scalar(1, "b", 2);
        writer.Scalar(2, "a", double.NaN);
        writer.Flush();

        var events = Read(writer.FileName);

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([("a", 1f), ("b", 2f)], events[1].Summary.Value.Select(v => (v.Tag, v.SimpleValue)));
        Assert.Equal(2, events[2].Step);
        Assert.True(float.IsNaN(events[2].Summary.Value[0].SimpleValue));
    }

    [Fact]
    public void Image_RedAndBlue_IsAPngOfTheSamePixels()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(folder.Path, new FakeTimeProvider(Now));
        byte[] pixels = [255, 0, 0, 0, 0, 255];
        writer.Image(3, "attention", 1, 2, pixels);
        writer.Flush();

        var image = Read(writer.FileName)[1].Summary.Value[0].Image;

        Assert.Equal((1, 2, 3), (image.Height, image.Width, image.Colorspace));
        Assert.Equal(pixels, ImageCodec.Decode(image.EncodedImageString.ToByteArray(), "png").Pixels);
    }

    [Fact]
    public void Constructor_OnResume_WritesASecondFileThatRemovesWhatIsBehind()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(Now);
        var first = new TensorBoardWriter(folder.Path, time);
        first.Dispose();
        var second = new TensorBoardWriter(folder.Path, time, resumeStep: 40);
        second.Dispose();

        Assert.True(string.CompareOrdinal(first.FileName, second.FileName) < 0);
        var start = Read(second.FileName)[1];
        Assert.Equal((41, SessionLog.Types.SessionStatus.Start), (start.Step, start.SessionLog.Status));
    }

    private static List<Event> Read(string file)
    {
        var events = new List<Event>();
        for (ReadOnlySpan<byte> rest = File.ReadAllBytes(file); rest.Length > 0;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(rest);
            events.Add(Event.Parser.ParseFrom(rest.Slice(12, length)));
            rest = rest[(12 + length + 4)..];
        }
        return events;
    }
}
