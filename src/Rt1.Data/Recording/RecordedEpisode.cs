using System.Text.Json;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>A recorded episode, read back. Images are read when they are asked for.</summary>
public sealed class RecordedEpisode
{
    private RecordedEpisode(string folder, EpisodeHeader header, IReadOnlyList<RecordedStep> steps, EpisodeEnd? end, IReadOnlyList<string> warnings) =>
        (Folder, Header, Steps, End, Warnings) = (folder, header, steps, end, warnings);

    public string Folder { get; }

    public EpisodeHeader Header { get; }

    /// <summary>The complete steps, in their order.</summary>
    public IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>How it ended; null when the recorder was cut off.</summary>
    public EpisodeEnd? End { get; }

    /// <summary>What a recorder that was cut off left behind, one line each; empty for a whole episode.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>True where a folder holds a recorded episode.</summary>
    public static bool IsEpisode(string folder) => File.Exists(Path.Combine(folder, EpisodeFormat.ManifestFile));

    /// <summary>Reads an episode's manifest and steps. A last line that was cut off is left out, and stands among the warnings.</summary>
    /// <exception cref="RecordingException">The folder holds no episode, one of a newer version, or a damaged one.</exception>
    public static RecordedEpisode Open(string folder)
    {
        if (!IsEpisode(folder))
            throw new RecordingException(folder, $"is no recorded episode: it has no {EpisodeFormat.ManifestFile}.");
        try
        {
            var manifest = ReadManifest(Path.Combine(folder, EpisodeFormat.ManifestFile));
            var warnings = new List<string>();
            var steps = ReadSteps(folder, warnings);
            var end = ReadEnd(folder, warnings);
            if (end is not null && end.Steps != steps.Count)
                warnings.Add($"{EpisodeFormat.EndFile} speaks of {end.Steps} steps, {steps.Count} are there.");
            return new RecordedEpisode(
                folder, manifest.ToHeader(), steps, end is null ? null : new EpisodeEnd(end.Outcome, end.Reason), warnings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(folder, $"cannot be read: {e.Message}", e);
        }
    }

    private static ManifestRecord ReadManifest(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var (format, version) = (document.RootElement.GetProperty("format").GetString(), document.RootElement.GetProperty("version").GetInt32());
            if (format != EpisodeFormat.Name || version != EpisodeFormat.Version)
            {
                throw new RecordingException(path,
                    $"expected {EpisodeFormat.Name} version {EpisodeFormat.Version}, got {format} version {version}; read it with the program that wrote it.");
            }
            return document.Deserialize<ManifestRecord>(EpisodeFormat.Json)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RecordingException(path, $"is damaged: {e.Message}", e);
        }
    }

    private static List<RecordedStep> ReadSteps(string folder, List<string> warnings)
    {
        var steps = new List<RecordedStep>();
        var path = Path.Combine(folder, EpisodeFormat.StepsFile);
        if (!File.Exists(path))
        {
            warnings.Add($"there is no {EpisodeFormat.StepsFile}.");
            return steps;
        }
        var text = File.ReadAllBytes(path).AsSpan();
        while (!text.IsEmpty)
        {
            var length = text.IndexOf((byte)'\n');
            var line = length < 0 ? text : text[..length];
            text = length < 0 ? default : text[(length + 1)..];
            try
            {
                var record = JsonSerializer.Deserialize<StepRecord>(line, EpisodeFormat.Json) ?? throw new FormatException("it holds no step");
                steps.Add(new RecordedStep(folder, record));
            }
            catch (JsonException) when (length < 0)
            {
                warnings.Add($"{EpisodeFormat.StepsFile}: line {steps.Count + 1} was cut off and is left out.");
            }
            catch (Exception e) when (e is JsonException or FormatException or OverflowException)
            {
                throw new RecordingException(path, $"line {steps.Count + 1} is damaged: {e.Message}", e);
            }
        }
        return steps;
    }

    private static EndRecord? ReadEnd(string folder, List<string> warnings)
    {
        var path = Path.Combine(folder, EpisodeFormat.EndFile);
        if (!File.Exists(path))
        {
            warnings.Add("the recording was cut off before its end.");
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<EndRecord>(File.ReadAllBytes(path), EpisodeFormat.Json) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            warnings.Add($"{EpisodeFormat.EndFile} was cut off.");
            return null;
        }
    }
}
