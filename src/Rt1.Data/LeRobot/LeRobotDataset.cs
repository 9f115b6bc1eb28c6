using System.Globalization;
using DuckDB.NET.Data;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>
/// A LeRobot dataset, v2.0, v2.1 (a file an episode) or v3.0 (many episodes a file): numbers in Parquet, images in Parquet or as video. A
/// step holds the dataset's features by their own names, and the text of its task as <c>task</c>.
/// </summary>
public sealed class LeRobotDataset : IEpisodeDataset
{
    private const string TaskIndex = "task_index";
    private const string Task = "task";

    private readonly LeRobotInfo _info;
    private readonly IReadOnlyDictionary<long, string> _tasks;
    private readonly Dictionary<string, ILookup<string, LeRobotEpisode>> _episodes;

    private LeRobotDataset(string folder, LeRobotInfo info)
    {
        (Folder, _info) = (folder, info);
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        _tasks = LeRobotEpisode.ReadTasks(folder, info);
        var episodes = LeRobotEpisode.ReadAll(folder, info);
        var ranges = info.Splits.Count > 0 ? info.Splits : new Dictionary<string, string> { ["train"] = $"0:{episodes.Count}" };
        var splits = ranges.Select(r => (Name: r.Key, Files: episodes.Where(e => Contains(r.Value, e.Index)).ToLookup(e => e.DataFile))).ToList();
        _episodes = splits.ToDictionary(s => s.Name, s => s.Files);
        Splits = [.. splits.Select(s => new DatasetSplit(s.Name, [.. s.Files.Select(f => new DatasetShard(f.Key, f.Count()))]))];
        Features = new StructSpec((DatasetEpisode.StepsField, new SequenceSpec(
            new StructSpec([.. info.Features.Select(f => (f.Name, f.Spec)), (Task, new TextSpec())]), IsDataset: true)));
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>The layout's version, e.g. <c>v2.1</c>.</summary>
    public string CodebaseVersion => _info.Version;

    public string Format => $"LeRobot {CodebaseVersion}";

    public StructSpec Features { get; }

    public IReadOnlyList<DatasetSplit> Splits { get; }

    /// <summary>True when the folder holds a dataset of this format.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, LeRobotInfo.FileName));

    /// <exception cref="UnsupportedFeatureException">The dataset holds something that is not read.</exception>
    /// <exception cref="Rt1Exception">A description is missing or damaged.</exception>
    public static LeRobotDataset Open(string folder) => new(folder, LeRobotInfo.Read(folder));

    public IEnumerable<EpisodeRead> Read(DatasetSplit split, int shard, long first = 0, IReadOnlyCollection<string>? fields = null)
    {
        var file = split.Shards[shard].File;
        var features = Select(fields);
        using var parquet = new ParquetReader();
        foreach (var (record, episode) in _episodes[split.Name][file].Index().Skip((int)first))
        {
            var source = new EpisodeSource(file, shard, record, null);
            yield return File.Exists(file) ? Read(parquet, episode, source, features) : new EpisodeRead(null, source.Fault("the file is missing."));
        }
    }

    private EpisodeRead Read(ParquetReader parquet, LeRobotEpisode episode, EpisodeSource source, IReadOnlyList<LeRobotFeature> features)
    {
        try
        {
            var clips = features.Where(f => f.IsVideo)
                .ToDictionary(f => f.Name, f => new VideoClip(episode.Videos[f.Name].File, (ImageSpec)f.Spec));
            var columns = features.Where(f => !f.IsVideo)
                .Select(f => ParquetReader.Quote(f.Name) + (f.Spec is ImageSpec ? ".bytes" : ""));
            var query = $"SELECT {string.Join(", ", [TaskIndex, "\"timestamp\"", .. columns])} FROM {{0}} " +
                string.Create(CultureInfo.InvariantCulture, $"WHERE episode_index = {episode.Index} ORDER BY frame_index");
            var steps = parquet.Query(query, source.File).Select((row, i) => Step(row, i, episode, features, clips)).ToArray();
            return steps.Length == episode.Length
                ? new EpisodeRead(new DatasetEpisode(source, new StructValue((DatasetEpisode.StepsField, new SequenceValue(steps)))), null)
                : new EpisodeRead(null, source.Fault($"the episode has {steps.Length} frames, but meta says {episode.Length}."));
        }
        catch (Exception e) when (e is DuckDBException or ExampleFormatException or InvalidCastException)
        {
            return new EpisodeRead(null, source.Fault(e.Message.ReplaceLineEndings(" ")));
        }
    }

    private FeatureValue Step(
        DuckDBDataReader row, int number, LeRobotEpisode episode, IReadOnlyList<LeRobotFeature> features, Dictionary<string, VideoClip> clips)
    {
        var values = new List<KeyValuePair<string, FeatureValue>>(features.Count + 1);
        var timestamp = Convert.ToDouble(row.GetValue(1), CultureInfo.InvariantCulture);
        var column = 2;
        foreach (var feature in features)
        {
            values.Add(new(feature.Name, feature switch
            {
                { IsVideo: true } => new VideoFrame(clips[feature.Name], FrameAt(episode.Videos[feature.Name].Start + timestamp)),
                { Spec: ImageSpec image } => new StoredImage(Bytes(row, column++, feature.Name), image, feature.Name, number),
                { Spec: TensorSpec tensor } => ParquetReader.ToTensor(row.GetValue(column++), tensor, feature.Name),
                _ => new TextValue(row.GetString(column++)),
            }));
        }
        var task = row.GetInt64(0);
        values.Add(new(Task, new TextValue(_tasks.TryGetValue(task, out var text) ? text
            : throw new ExampleFormatException(TaskIndex, $"is {task}, which is not in the list of tasks."))));
        return new StructValue(values);
    }

    private int FrameAt(double seconds) => (int)Math.Round(seconds * _info.Fps);

    private static byte[] Bytes(DuckDBDataReader row, int column, string name) => row.GetValue(column) is Stream stream
        ? ParquetReader.ToBytes(stream)
        : throw new ExampleFormatException(name, "has no bytes; images outside of the Parquet file are not supported.");

    private List<LeRobotFeature> Select(IReadOnlyCollection<string>? fields)
    {
        const string prefix = $"{DatasetEpisode.StepsField}/";
        if (fields?.FirstOrDefault(f => f != prefix + Task && !_info.Features.Any(i => prefix + i.Name == f)) is { } missing)
            throw new ArgumentException($"the dataset has no feature '{missing}'.", nameof(fields));
        return [.. _info.Features.Where(f => fields is null || fields.Contains(prefix + f.Name))];
    }

    // Ranges are written as in Python, e.g. 0:50.
    private static bool Contains(string range, long index) =>
        range.Split(':') is [var from, var to] &&
        long.TryParse(from, out var first) && long.TryParse(to, out var end) && index >= first && index < end;
}
