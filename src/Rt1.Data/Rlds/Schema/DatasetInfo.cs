using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>A dataset's <c>dataset_info.json</c>.</summary>
internal sealed record DatasetInfo(string Name, string Version, string Description, IReadOnlyList<SplitInfo> Splits)
{
    public const string FileName = "dataset_info.json";

    private static readonly string[] Formats = ["tfrecord", ""];

    /// <exception cref="Rt1Exception">The file is missing, damaged, or names another file format than TFRecord.</exception>
    public static DatasetInfo Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            var format = Text(root, "fileFormat");
            if (!Formats.Contains(format))
                throw new Rt1Exception($"{file}: the records are in the file format '{format}'; supported is tfrecord.");
            var splits = root.TryGetProperty("splits", out var list) ? list.EnumerateArray().Select(SplitInfo.Parse).ToList() : [];
            return new DatasetInfo(root.GetProperty("name").GetString()!, Text(root, "version"), Text(root, "description"), splits);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new Rt1Exception($"{file}: is not a dataset_info.json as TFDS writes it ({e.Message})", e);
        }
    }

    public void Write(string file)
    {
        var json = new JsonObject
        {
            ["description"] = Description,
            ["fileFormat"] = "tfrecord",
            ["moduleName"] = "",
            ["name"] = Name,
            ["splits"] = new JsonArray([.. Splits.Select(s => (JsonNode)s.ToJson())]),
            ["version"] = Version,
        };
        File.WriteAllText(file, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>A split in <c>dataset_info.json</c>.</summary>
/// <param name="FilepathTemplate">How its shards are called.</param>
/// <param name="ShardLengths">Records of each shard.</param>
/// <param name="ByteCount">Bytes of all records' data.</param>
internal sealed record SplitInfo(string Name, string FilepathTemplate, IReadOnlyList<long> ShardLengths, long ByteCount)
{
    public const string DefaultTemplate = "{DATASET}-{SPLIT}.{FILEFORMAT}-{SHARD_X_OF_Y}";

    public static SplitInfo Parse(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.TryGetProperty("filepathTemplate", out var template) && template.GetString() is { Length: > 0 } text ? text : DefaultTemplate,
        json.TryGetProperty("shardLengths", out var lengths) ? [.. lengths.EnumerateArray().Select(Integer)] : [],
        json.TryGetProperty("numBytes", out var bytes) ? Integer(bytes) : 0);

    /// <summary>The file name of a shard.</summary>
    public string ShardName(string dataset, int shard)
    {
        string Five(int number) => number.ToString("D5", CultureInfo.InvariantCulture);
        return FilepathTemplate
            .Replace("{DATASET}", dataset)
            .Replace("{SPLIT}", Name)
            .Replace("{FILEFORMAT}", "tfrecord")
            .Replace("{SHARD_X_OF_Y}", $"{Five(shard)}-of-{Five(ShardLengths.Count)}")
            .Replace("{SHARD_INDEX}", Five(shard))
            .Replace("{NUM_SHARDS}", Five(ShardLengths.Count));
    }

    public JsonObject ToJson() => new()
    {
        ["filepathTemplate"] = FilepathTemplate,
        ["name"] = Name,
        ["numBytes"] = ByteCount.ToString(CultureInfo.InvariantCulture),
        ["shardLengths"] = new JsonArray([.. ShardLengths.Select(n => (JsonNode)n.ToString(CultureInfo.InvariantCulture))]),
    };

    private static long Integer(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? long.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetInt64();
}
