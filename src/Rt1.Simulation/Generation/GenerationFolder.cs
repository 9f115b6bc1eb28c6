using System.Globalization;
using System.Text.Json;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Simulation;

/// <summary>
/// Where a dataset grows: beside its final folder, with its settings and the count of each finished shard, so that a run that ended
/// early goes on with the shards that are missing. One run at a time.
/// </summary>
public sealed class GenerationFolder : IDisposable
{
    private const string SettingsFile = "generation.yaml", ReportFile = "generation.json", Notes = "progress", LockFile = "lock";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly string _folder;
    private readonly GenerationConfig _config;
    private readonly RldsShards _shards;
    private readonly FileStream? _lock;

    private GenerationFolder(string folder, GenerationConfig config, FileStream? held)
    {
        (_folder, _config, _lock) = (Path.GetFullPath(folder), config, held);
        _shards = new RldsShards(DraftOf(folder), config.Name, SimulationFeatures.Episode(config.ImageHeight, config.ImageWidth), config.ShardCount);
    }

    /// <summary>Shards that are still to be made.</summary>
    public IReadOnlyList<int> Missing => IsComplete ? [] : [.. Enumerable.Range(0, _config.ShardCount).Where(shard => ReportOf(shard) is null)];

    /// <summary>Episodes that are there.</summary>
    public long Done => IsComplete ? _config.Episodes : Enumerable.Range(0, _config.ShardCount).Sum(shard => ReportOf(shard)?.Episodes ?? 0);

    public bool IsComplete => Directory.Exists(_folder);

    /// <summary>Starts a dataset, or goes on with it.</summary>
    /// <exception cref="Rt1Exception">The folder holds something else, or another run is at work in it.</exception>
    public static GenerationFolder Open(string folder, GenerationConfig config)
    {
        var settings = Config.ToYaml(config);
        if (Path.Exists(folder))
        {
            CheckSame(folder, folder, settings);
            return new GenerationFolder(folder, config, held: null);
        }
        var draft = DraftOf(folder);
        Directory.CreateDirectory(Path.Combine(draft, Notes));
        var held = Lock(draft, folder);
        try
        {
            if (File.Exists(Path.Combine(draft, SettingsFile)))
                CheckSame(draft, folder, settings);
            else
                File.WriteAllText(Path.Combine(draft, SettingsFile), settings);
            return new GenerationFolder(folder, config, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>For a worker of the run that opened it: the settings, and the shards' places.</summary>
    /// <exception cref="Rt1Exception">There is no such run.</exception>
    public static GenerationFolder Join(string folder) =>
        new(folder, Config.Load<GenerationConfig>(Path.Combine(DraftOf(folder), SettingsFile)), held: null);

    /// <summary>A generator for this dataset.</summary>
    /// <inheritdoc cref="ShardGenerator(GenerationConfig)"/>
    public ShardGenerator CreateGenerator() => new(_config);

    /// <summary>Makes a shard and notes that it is done.</summary>
    /// <inheritdoc cref="ShardGenerator.Make"/>
    public void Make(int shard, ShardGenerator generator, CancellationToken cancellation = default)
    {
        using var writer = _shards.Create(shard);
        var report = generator.Make(shard, writer, cancellation);
        var draft = $"{NoteOf(shard)}.incomplete";
        File.WriteAllText(draft, JsonSerializer.Serialize(report, Json));
        File.Move(draft, NoteOf(shard), overwrite: true);
    }

    /// <summary>Writes the descriptions and puts the dataset in its place; for a complete one, reads what was noted then.</summary>
    /// <exception cref="InvalidOperationException">Shards are missing.</exception>
    public GenerationReport Complete()
    {
        var draft = DraftOf(_folder);
        if (IsComplete)
            return Read(Path.Combine(_folder, ReportFile))!;
        var shards = Enumerable.Range(0, _config.ShardCount)
            .Select(shard => ReportOf(shard) ?? throw new InvalidOperationException($"shard {shard} is missing.")).ToList();
        var report = GenerationReport.Of(shards);
        _shards.Complete([.. shards.Select(s => new RldsShard(s.Episodes, s.Bytes))], description: "Made by Rt1's simulator; settings in generation.yaml.");
        File.WriteAllText(Path.Combine(draft, ReportFile), JsonSerializer.Serialize(report, Json));
        Directory.Move(draft, _folder);
        Directory.Delete(Path.Combine(_folder, Notes), recursive: true);
        return report;
    }

    public void Dispose() => _lock?.Dispose();

    private static string DraftOf(string folder) => $"{Path.GetFullPath(folder)}.incomplete";

    private string NoteOf(int shard) => Path.Combine(DraftOf(_folder), Notes, string.Create(CultureInfo.InvariantCulture, $"{shard:D5}.json"));

    private GenerationReport? ReportOf(int shard) => _shards.Exists(shard) ? Read(NoteOf(shard)) : null;

    private static GenerationReport? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<GenerationReport>(File.ReadAllBytes(file), Json) : null;

    private static FileStream Lock(string draft, string folder)
    {
        try
        {
            return new FileStream(Path.Combine(draft, Notes, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new Rt1Exception($"{folder}: another run is making this dataset; wait for it, or give another folder.", e);
        }
    }

    private static void CheckSame(string where, string folder, string settings)
    {
        var file = Path.Combine(where, SettingsFile);
        if (!File.Exists(file))
            throw new Rt1Exception($"{folder}: is there already and holds no generated dataset; give another folder.");
        var there = File.ReadAllLines(file);
        var asked = settings.TrimEnd('\n').Split('\n');
        var line = Enumerable.Range(0, Math.Max(there.Length, asked.Length)).FirstOrDefault(i => LineOf(there, i) != LineOf(asked, i), -1);
        if (line >= 0)
        {
            throw new Rt1Exception(
                $"{folder}: holds a dataset of other settings ('{LineOf(there, line)}' there, '{LineOf(asked, line)}' asked for); " +
                "give another folder, or remove this one.");
        }
    }

    private static string LineOf(string[] lines, int index) => index < lines.Length ? lines[index].Trim() : "";
}
