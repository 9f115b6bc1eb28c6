using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rt1.Data;

/// <summary>Names and numbers of a recorded episode on disk; docs/episodes.md describes them for other programs.</summary>
internal static class EpisodeFormat
{
    public const string Name = "rt1-episode";
    public const int Version = 1;

    public const string ManifestFile = "manifest.json";
    public const string ConfigFile = "config.yaml";
    public const string StepsFile = "steps.jsonl";
    public const string EndFile = "end.json";
    public const string FrameFolder = "frames";

    /// <summary>One line, snake_case, absent instead of null; NaN and infinities, which only refused actions hold, are strings.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>A frame's path inside the episode, with forward slashes on every system.</summary>
    public static string FramePath(int index) => $"{FrameFolder}/{index:000000}.jpg";

    /// <summary>A time as it stands in the files: whole microseconds.</summary>
    public static long ToMicroseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan FromMicroseconds(long microseconds) => TimeSpan.FromMicroseconds(microseconds);
}
