using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rt1.Data;

/// <summary>Statistics as a table and as JSON.</summary>
public static class StatisticsReport
{
    /// <summary>The table's lines.</summary>
    /// <param name="instructions">At most so many instructions are listed.</param>
    public static IEnumerable<string> ToTable(DatasetStatistics statistics, int instructions = 20)
    {
        yield return Line($"{statistics.Dataset}: {statistics.EpisodeCount} episodes, {statistics.StepCount} steps; ") +
            Line($"{statistics.FilteredCount} filtered out, {statistics.Faults.Count} faults");
        if (statistics.EpisodeCount == 0)
            yield break;
        var lengths = statistics.EpisodeLengths;
        yield return Line($"steps an episode: {lengths.Min()} to {lengths.Max()}, mean {lengths.Average():0.#}");
        yield return $"modes: {string.Join(", ", statistics.Modes.Select(m => Line($"{m.Key.ToString().ToLowerInvariant()} {m.Value}")))}";
        yield return "";
        yield return Line($"{"action",-38}{"min",10}{"1%",10}{"mean",10}{"99%",10}{"max",10}{"clipped",10}");
        foreach (var d in statistics.Dimensions)
        {
            yield return Line($"{d.Name,-38}{d.Min,10:0.0000}{d.Quantile01,10:0.0000}{d.Mean,10:0.0000}{d.Quantile99,10:0.0000}") +
                Line($"{d.Max,10:0.0000}{d.ClippedFraction,10:0.00%}");
        }
        yield return "";
        yield return Line($"{statistics.Instructions.Count} instructions");
        foreach (var (instruction, count) in statistics.Instructions.Take(instructions))
            yield return Line($"{count,8}  {instruction}");
        if (statistics.Instructions.Count > instructions)
            yield return Line($"{"",8}  and {statistics.Instructions.Count - instructions} more");
    }

    public static string ToJson(DatasetStatistics statistics)
    {
        var json = new JsonObject
        {
            ["dataset"] = statistics.Dataset,
            ["episodes"] = statistics.EpisodeCount,
            ["filtered"] = statistics.FilteredCount,
            ["faults"] = new JsonArray([.. statistics.Faults.Select(f => (JsonNode?)f.ToString())]),
            ["steps"] = statistics.StepCount,
            ["episode_lengths"] = new JsonArray([.. statistics.EpisodeLengths.Select(l => (JsonNode?)l)]),
            ["modes"] = new JsonObject(statistics.Modes.Select(m => KeyValuePair.Create(m.Key.ToString().ToLowerInvariant(), (JsonNode?)m.Value))),
            ["instructions"] = new JsonObject(statistics.Instructions.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value))),
            ["dimensions"] = new JsonObject(statistics.Dimensions.Select(d => KeyValuePair.Create(d.Name, (JsonNode?)new JsonObject
            {
                ["min"] = d.Min,
                ["max"] = d.Max,
                ["mean"] = d.Mean,
                ["quantile_01"] = d.Quantile01,
                ["quantile_99"] = d.Quantile99,
                ["clipped_fraction"] = d.ClippedFraction,
            }))),
        };
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
