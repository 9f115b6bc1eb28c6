using System.Text.Json;
using DuckDB.NET.Data;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>Where one episode of a LeRobot dataset lies.</summary>
/// <param name="DataFile">The Parquet file that holds its frames.</param>
/// <param name="Videos">For each video feature its file and the time in it, seconds, at which the episode starts.</param>
internal sealed record LeRobotEpisode(long Index, long Length, string DataFile, IReadOnlyDictionary<string, (string File, double Start)> Videos)
{
    /// <summary>All episodes by their index.</summary>
    /// <exception cref="Rt1Exception">The list of episodes is missing or damaged.</exception>
    public static IReadOnlyList<LeRobotEpisode> ReadAll(string folder, LeRobotInfo info)
    {
        try
        {
            return [.. (info.GathersEpisodes ? ReadParquet(folder, info) : ReadLines(folder, info)).OrderBy(e => e.Index)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or DuckDBException or IOException)
        {
            throw new Rt1Exception($"{Path.Combine(folder, "meta")}: the list of episodes cannot be read ({e.Message})", e);
        }
    }

    private static IEnumerable<LeRobotEpisode> ReadLines(string folder, LeRobotInfo info)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "meta", "episodes.jsonl")).Where(l => l.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            var index = json.RootElement.GetProperty("episode_index").GetInt64();
            string PathOf(string template, string? video = null) => Path.Combine(folder, LeRobotInfo.Fill(
                template, ("episode_chunk", index / info.ChunkSize), ("episode_index", index), ("video_key", video ?? "")));
            yield return new LeRobotEpisode(
                index,
                json.RootElement.GetProperty("length").GetInt64(),
                PathOf(info.DataPath),
                info.Features.Where(f => f.IsVideo).ToDictionary(f => f.Name, f => (PathOf(info.VideoPath ?? "", f.Name), 0d)));
        }
    }

    private static IEnumerable<LeRobotEpisode> ReadParquet(string folder, LeRobotInfo info)
    {
        using var parquet = new ParquetReader();
        var videos = info.Features.Where(f => f.IsVideo).Select(f => f.Name).ToList();
        string[] columns = ["episode_index", "length", "data/chunk_index", "data/file_index",
            .. videos.SelectMany(v => new[] { $"videos/{v}/chunk_index", $"videos/{v}/file_index", $"videos/{v}/from_timestamp" })];
        var query = $"SELECT {string.Join(", ", columns.Select(ParquetReader.Quote))} FROM {{0}}";
        foreach (var row in parquet.Query(query, Path.Combine(folder, "meta", "episodes", "*", "*.parquet")))
        {
            string PathOf(string template, int column, string video = "") => Path.Combine(folder, LeRobotInfo.Fill(
                template, ("chunk_index", row.GetInt64(column)), ("file_index", row.GetInt64(column + 1)), ("video_key", video)));
            yield return new LeRobotEpisode(
                row.GetInt64(0),
                row.GetInt64(1),
                PathOf(info.DataPath, 2),
                videos.Index().ToDictionary(
                    v => v.Item, v => (PathOf(info.VideoPath ?? "", 4 + 3 * v.Index, v.Item), row.GetDouble(6 + 3 * v.Index))));
        }
    }

    /// <summary>The tasks' texts by their index.</summary>
    public static IReadOnlyDictionary<long, string> ReadTasks(string folder, LeRobotInfo info)
    {
        try
        {
            if (!info.GathersEpisodes)
            {
                return File.ReadLines(Path.Combine(folder, "meta", "tasks.jsonl")).Where(l => l.Length > 0)
                    .Select(line => JsonDocument.Parse(line).RootElement)
                    .ToDictionary(json => json.GetProperty("task_index").GetInt64(), json => json.GetProperty("task").GetString() ?? "");
            }
            using var parquet = new ParquetReader();
            var file = Path.Combine(folder, "meta", "tasks.parquet");
            // Pandas keeps the text as the table's index, which has this name when it has none of its own.
            var text = parquet.Columns(file).FirstOrDefault(c => c is "task" or "__index_level_0__")
                ?? throw new KeyNotFoundException("tasks.parquet has no task.");
            return parquet.Query($"SELECT task_index, {ParquetReader.Quote(text)} FROM {{0}}", file)
                .ToDictionary(row => row.GetInt64(0), row => row.GetString(1));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or DuckDBException or IOException)
        {
            throw new Rt1Exception($"{Path.Combine(folder, "meta")}: the list of tasks cannot be read ({e.Message})", e);
        }
    }
}
