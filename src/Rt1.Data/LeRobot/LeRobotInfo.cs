using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>A LeRobot dataset's <c>meta/info.json</c>.</summary>
internal sealed partial record LeRobotInfo(
    string Version, double Fps, int ChunkSize, string DataPath, string? VideoPath,
    IReadOnlyDictionary<string, string> Splits, IReadOnlyList<LeRobotFeature> Features)
{
    public const string FileName = "meta/info.json";

    private static readonly string[] Supported = ["v2.0", "v2.1", "v3.0"];

    /// <summary>True for the layout that gathers many episodes in one file.</summary>
    public bool GathersEpisodes => Version == "v3.0";

    /// <exception cref="Rt1Exception">The file is damaged, or of a version that is not supported.</exception>
    public static LeRobotInfo Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            var version = root.GetProperty("codebase_version").GetString() ?? "";
            if (!Supported.Contains(version))
                throw new Rt1Exception($"{file}: codebase_version is '{version}'; supported are {string.Join(", ", Supported)}.");
            return new LeRobotInfo(
                version,
                root.GetProperty("fps").GetDouble(),
                root.TryGetProperty("chunks_size", out var chunk) ? chunk.GetInt32() : 1000,
                root.GetProperty("data_path").GetString()!,
                root.TryGetProperty("video_path", out var video) ? video.GetString() : null,
                root.TryGetProperty("splits", out var splits)
                    ? splits.EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString() ?? "")
                    : new Dictionary<string, string>(),
                [.. root.GetProperty("features").EnumerateObject().Select(f => LeRobotFeature.Parse(file, f.Name, f.Value))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new Rt1Exception($"{file}: is not an info.json as LeRobot writes it ({e.Message})", e);
        }
    }

    /// <summary>Fills a path template such as <c>data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet</c>.</summary>
    public static string Fill(string template, params (string Name, object Value)[] values) => Placeholder().Replace(template, match =>
    {
        var value = values.FirstOrDefault(v => v.Name == match.Groups[1].Value).Value
            ?? throw new Rt1Exception($"{FileName}: the path '{template}' uses '{match.Groups[1].Value}', which is not known.");
        return value is string text ? text : ((long)value).ToString($"D{match.Groups[2].Value}", CultureInfo.InvariantCulture);
    });

    [GeneratedRegex(@"\{(\w+)(?::0?(\d+)d)?\}")]
    private static partial Regex Placeholder();
}

/// <summary>A column of a LeRobot dataset.</summary>
/// <param name="IsVideo">True when its images are the frames of a video file.</param>
internal sealed record LeRobotFeature(string Name, FeatureSpec Spec, bool IsVideo)
{
    public static LeRobotFeature Parse(string file, string name, JsonElement json)
    {
        var type = json.GetProperty("dtype").GetString() ?? "";
        int[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        if (type is "video" or "image")
            return new LeRobotFeature(name, Image(file, name, shape, json), type == "video");
        if (type == "string")
            return new LeRobotFeature(name, new TextSpec(), false);
        if (!ElementTypes.TryParse(type, out var element))
            throw new UnsupportedFeatureException(file, name, $"has the dtype '{type}', which is not supported.");
        // One number is stored, and read by LeRobot, as a scalar.
        return new LeRobotFeature(name, new TensorSpec(element, shape is [1] ? [] : shape), false);
    }

    private static ImageSpec Image(string file, string name, int[] shape, JsonElement json)
    {
        string?[] names = json.TryGetProperty("names", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(n => n.GetString())] : ["height", "width", "channels"];
        if (shape.Length != 3 || names.Length != 3)
            throw new UnsupportedFeatureException(file, name, $"is an image of ({string.Join(", ", shape)}); expected height, width and channels.");
        int Of(string first) => shape[Math.Max(0, Array.FindIndex(names, n => n?.StartsWith(first, StringComparison.Ordinal) == true))];
        return new ImageSpec(ElementType.UInt8, Of("height"), Of("width"), Of("channel"));
    }
}
