using System.Globalization;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>
/// Records episodes, each into an append-only folder of its own: a manifest, one JSON line for each step, the frames as JPEGs.
/// Encoding and writing happen on a thread of their own. A step's frame is written before its line, so that the complete lines are
/// complete steps, also when the process was killed. Nothing is lost silently: when the disk falls behind, the loop waits, and the
/// waits are counted; when it fails, the next call says so.
/// </summary>
/// <param name="config">The resolved configuration, kept beside every episode; null for none.</param>
public sealed class EpisodeRecorder(RecorderOptions options, TimeProvider time, string? config = null) : IEpisodeRecorder
{
    private const int SlugLength = 48;

    private EpisodeWriter? _writer;

    /// <summary>The folder of the episode being recorded, or of the last one; null before the first.</summary>
    public string? EpisodeFolder { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">An episode is still open.</exception>
    public void Begin(EpisodeHeader header)
    {
        if (_writer is not null)
            throw new InvalidOperationException($"The episode in '{EpisodeFolder}' is still open.");
        EpisodeFolder = NewFolder(header);
        _writer = new EpisodeWriter(EpisodeFolder, header, config, options, time);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No episode is open.</exception>
    public void Record(EpisodeStep step)
    {
        if (_writer is null)
            throw new InvalidOperationException("No episode is open; call Begin first.");
        _writer.Add(step);
    }

    public void End(EpisodeEnd end)
    {
        if (_writer is not { } writer)
            return;
        _writer = null;
        using (writer)
            writer.Complete(end);
    }

    /// <summary>Writes what is pending; an episode that was not ended stays without an end.</summary>
    public void Dispose() => _writer?.Dispose();

    /// <summary>A folder that does not exist yet, named by the start's time and the instruction.</summary>
    private string NewFolder(EpisodeHeader header)
    {
        var stamp = header.StartedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = Path.Combine(options.Folder, $"{stamp}-{Slug(header.Instruction)}");
        var folder = name;
        for (var i = 2; Path.Exists(folder); i++)
            folder = $"{name}-{i}";
        return folder;
    }

    private static string Slug(string instruction)
    {
        var letters = instruction.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        var words = new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length == 0 ? "episode" : slug[..Math.Min(slug.Length, SlugLength)].TrimEnd('-');
    }
}
