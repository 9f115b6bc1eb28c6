using System.Text.Json;

namespace Rt1.Data;

/// <summary>A dataset's episodes as one JSON document.</summary>
public static class DatasetJson
{
    /// <summary>Writes episodes in shard order, one in memory at a time.</summary>
    /// <param name="episode">Only the episode of this number in the split.</param>
    /// <exception cref="DataFaultException">An episode cannot be read.</exception>
    /// <exception cref="Core.Rt1Exception">There is no such episode.</exception>
    public static void Write(Stream target, IEpisodeDataset dataset, DatasetSplit split, long? episode = null)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        var writer = new EpisodeJsonWriter(json);
        json.WriteStartObject();
        json.WriteString("reader", $"rt1 {typeof(DatasetJson).Assembly.GetName().Version?.ToString(3)}");
        json.WriteString("dataset", dataset.Name);
        json.WriteString("format", dataset.Format);
        if (dataset is LeRobotDataset lerobot)
            json.WriteString("codebase_version", lerobot.CodebaseVersion);
        json.WriteString("split", split.Name);
        json.WriteString("order", "shard order, record order");
        json.WriteStartArray("episodes");
        foreach (var read in episode is { } number ? [dataset.ReadOne(split, number)] : dataset.Read(split))
        {
            writer.Write(read.OrThrow());
            json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
