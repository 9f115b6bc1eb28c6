using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rt1.Training;

/// <summary>
/// Metrics as lines of JSON, one for each step that is logged: <c>{"step":50,"loss/total":1.2,…}</c>. A resumed run drops the lines behind the step
/// that it goes on from.
/// </summary>
public sealed class JsonLinesSink(string file) : IMetricSink, IDisposable
{
    public const string FileName = "metrics.jsonl";

    private readonly Dictionary<string, double> _values = [];
    private StreamWriter? _writer;
    private long _step = -1;

    public void Scalar(long step, string name, double value)
    {
        if (step != _step)
            WriteLine();
        _step = step;
        _values[name] = value;
    }

    public void Image(long step, string name, int height, int width, byte[] rgb)
    {
    }

    public void Flush()
    {
        WriteLine();
        _writer?.Flush();
    }

    public void Dispose()
    {
        Flush();
        _writer?.Dispose();
    }

    /// <summary>The steps of a file with their values, in order.</summary>
    public static IEnumerable<(long Step, IReadOnlyDictionary<string, double> Values)> Read(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!;
            yield return (values["step"].GetInt64(), values.Where(v => v.Key != "step").ToDictionary(v => v.Key, v => Number(v.Value)));
        }
    }

    private void WriteLine()
    {
        if (_values.Count == 0)
            return;
        _writer ??= Open(_step);
        var line = new JsonObject { ["step"] = _step };
        foreach (var (name, value) in _values)
            line[name] = double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);
        _writer.WriteLine(line.ToJsonString());
        _values.Clear();
    }

    private StreamWriter Open(long first)
    {
        if (File.Exists(file))
            File.WriteAllLines(file, [.. Whole(file).TakeWhile(line => StepOf(line) < first)]);
        return new StreamWriter(file, append: true) { NewLine = "\n" };
    }

    // A run that was killed may have left half a line.
    private static IEnumerable<string> Whole(string file) => File.ReadAllLines(file).Where(line => line.EndsWith('}'));

    private static long StepOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt64();

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
