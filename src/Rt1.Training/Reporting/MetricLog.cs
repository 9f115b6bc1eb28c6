using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Training;

/// <summary>
/// A run's metrics as lines of JSON, one a step (<c>metrics.jsonl</c>), and its pictures as PNG files (<c>images/NAME/STEP.png</c>). A resumed run
/// cuts off what lies behind its checkpoint and goes on, so that the files are those of a run that never stopped.
/// </summary>
public sealed class MetricLog : IMetricSink, IDisposable
{
    /// <summary>The log's name in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    /// <summary>The pictures' folder in a run's folder.</summary>
    public const string ImageFolder = "images";

    internal const string StepKey = "step";

    private readonly string _folder;
    private readonly FileStream _file;
    private JsonObject? _line;
    private long _step;

    /// <param name="folder">The run's folder; is made where it does not exist.</param>
    /// <param name="resumeStep">Metrics of later steps are removed; 0 begins anew.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public MetricLog(string folder, long resumeStep = 0)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _file.SetLength(LengthUpTo(resumeStep));
        _file.Seek(0, SeekOrigin.End);
        foreach (var picture in Pictures(folder).Where(picture => picture.Step > resumeStep))
            File.Delete(picture.File);
    }

    public void Scalar(long step, string name, double value)
    {
        if (_line is not null && _step != step)
            WriteLine();
        _step = step;
        _line ??= new JsonObject { [StepKey] = step };
        _line[name] = double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);
    }

    public void Image(long step, string name, int height, int width, byte[] rgb)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, ImageFolder, name)).FullName;
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{step:D9}.png"));
        File.WriteAllBytes(file, ImageCodec.EncodePng(new Frame { Height = height, Width = width, Pixels = rgb }));
    }

    public void Flush()
    {
        WriteLine();
        _file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        WriteLine();
        _file.Dispose();
    }

    /// <summary>The pictures in a run's folder, by name and step.</summary>
    internal static IEnumerable<(string Name, long Step, string File)> Pictures(string folder)
    {
        var root = Path.Combine(folder, ImageFolder);
        if (!Directory.Exists(root))
            yield break;
        foreach (var file in Directory.EnumerateFiles(root, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
                yield return (Path.GetRelativePath(root, Path.GetDirectoryName(file)!), step, file);
        }
    }

    private void WriteLine()
    {
        if (_line is null)
            return;
        JsonSerializer.Serialize(_file, _line);
        _file.WriteByte((byte)'\n');
        _line = null;
    }

    /// <summary>Where the first line of a later step begins, or one that was cut off.</summary>
    private long LengthUpTo(long step)
    {
        var (good, content) = (0L, new byte[_file.Length]);
        _file.ReadExactly(content);
        for (int start = 0, end; (end = Array.IndexOf(content, (byte)'\n', start)) >= 0; start = end + 1)
        {
            using var line = JsonDocument.Parse(content.AsMemory(start, end - start));
            if (line.RootElement.GetProperty(StepKey).GetInt64() > step)
                break;
            good = end + 1;
        }
        return good;
    }
}
