using System.Globalization;
using System.Text.Json;
using Rt1.Core;

namespace Rt1.Training;

/// <summary>One metric over a run.</summary>
public sealed record MetricSeries(string Name, IReadOnlyList<long> Steps, IReadOnlyList<double> Values);

/// <summary>A picture of a run.</summary>
public sealed record RunPicture(string Name, long Step, string File);

/// <summary>What a run's <see cref="MetricLog"/> holds.</summary>
public sealed record RunHistory(IReadOnlyList<MetricSeries> Metrics, IReadOnlyList<RunPicture> Pictures)
{
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="Rt1Exception">It has no log, or a line of it is damaged. A last line that is cut off is passed over.</exception>
    public static RunHistory Read(string folder)
    {
        var file = Path.Combine(folder, MetricLog.FileName);
        if (!File.Exists(file))
            throw new Rt1Exception($"{folder}: there is no {MetricLog.FileName}; give the folder of a training run.");
        var series = new Dictionary<string, (List<long> Steps, List<double> Values)>();
        var text = File.ReadAllText(file);
        foreach (var (index, line) in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
            Add(line, $"{file}:{index + 1}", series);
        return new RunHistory(
            [.. series.Select(s => new MetricSeries(s.Key, s.Value.Steps, s.Value.Values))],
            [.. MetricLog.Pictures(folder).Select(p => new RunPicture(p.Name, p.Step, p.File))]);
    }

    private static void Add(string line, string where, Dictionary<string, (List<long> Steps, List<double> Values)> series)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var step = json.RootElement.GetProperty(MetricLog.StepKey).GetInt64();
            foreach (var property in json.RootElement.EnumerateObject().Where(p => p.Name != MetricLog.StepKey))
            {
                if (!series.TryGetValue(property.Name, out var metric))
                    series[property.Name] = metric = ([], []);
                metric.Steps.Add(step);
                metric.Values.Add(Number(property.Value));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new Rt1Exception($"{where}: this is no line of a metric log ({e.Message})", e);
        }
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();
}
