using System.Globalization;
using Google.Protobuf;
using Rt1.Core;
using Rt1.Data;
using Rt1.Training.Wire;
using Rt1.Vision;

namespace Rt1.Training;

/// <summary>
/// Writes an event file that TensorBoard reads: TFRecords of <c>Event</c> messages. Every start of a run writes a file of its own; what an earlier
/// one holds behind the step that is resumed from, TensorBoard leaves out.
/// </summary>
public sealed class TensorBoardWriter : IMetricSink, IDisposable
{
    private const int Rgb = 3;

    private readonly TfRecordWriter _file;
    private readonly TimeProvider _time;
    private Event? _scalars;

    /// <param name="folder">The run's folder; is made where it does not exist.</param>
    /// <param name="resumeStep">The step that a run goes on from; 0 at its beginning.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TensorBoardWriter(string folder, TimeProvider time, long resumeStep = 0)
    {
        Directory.CreateDirectory(folder);
        _time = time;
        FileName = NewName(folder, time.GetUtcNow().ToUnixTimeSeconds());
        _file = new TfRecordWriter(FileName);
        Write(new Event { FileVersion = "brain.Event:2" });
        if (resumeStep > 0)
            Write(new Event { Step = resumeStep + 1, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    /// <summary>The file that is written.</summary>
    public string FileName { get; }

    public void Scalar(long step, string name, double value)
    {
        if (_scalars?.Step != step)
            WriteScalars();
        _scalars ??= new Event { Step = step, Summary = new Summary() };
        _scalars.Summary.Value.Add(new Summary.Types.Value { Tag = name, SimpleValue = (float)value });
    }

    public void Image(long step, string name, int height, int width, byte[] rgb)
    {
        var png = ImageCodec.EncodePng(new Frame { Height = height, Width = width, Pixels = rgb });
        var image = new Summary.Types.Image { Height = height, Width = width, Colorspace = Rgb, EncodedImageString = ByteString.CopyFrom(png) };
        Write(new Event { Step = step, Summary = new Summary { Value = { new Summary.Types.Value { Tag = name, Image = image } } } });
    }

    public void Flush()
    {
        WriteScalars();
        _file.Flush();
    }

    public void Dispose()
    {
        WriteScalars();
        _file.Dispose();
    }

    private void WriteScalars()
    {
        if (_scalars is not null)
            Write(_scalars);
        _scalars = null;
    }

    private void Write(Event happened)
    {
        happened.WallTime = _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        _file.Write(happened.ToByteArray());
    }

    /// <summary>TensorBoard reads the files of a folder in the order of their names.</summary>
    private static string NewName(string folder, long seconds)
    {
        for (var again = 0; ; again++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.rt1.{again:D3}");
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                return path;
        }
    }
}
