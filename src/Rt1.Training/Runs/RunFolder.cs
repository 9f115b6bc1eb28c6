using Rt1.Core;
using Rt1.Model.Checkpoints;

namespace Rt1.Training;

/// <summary>
/// The files of a run: <c>training.yaml</c> (the configuration), <c>checkpoints/step-…</c> (to resume from), <c>policy</c> (the newest policy),
/// <c>best</c> (the best one), and what metric sinks write.
/// </summary>
public sealed class RunFolder(string path)
{
    private const string Prefix = "step-";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string ConfigFile => System.IO.Path.Combine(Path, "training.yaml");

    /// <summary>The newest policy, without what a resume needs.</summary>
    public string Policy => System.IO.Path.Combine(Path, "policy");

    /// <summary>The policy that was best in evaluation, or where none is made, by its loss.</summary>
    public string Best => System.IO.Path.Combine(Path, "best");

    private string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The checkpoint folder of a step.</summary>
    public string Checkpoint(long step) => System.IO.Path.Combine(Checkpoints, $"{Prefix}{step:D9}");

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="Rt1Exception">It holds a run already, or something else.</exception>
    public void Create()
    {
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
            throw new Rt1Exception($"--out {Path}: the folder is not empty; go on with the run there by --resume, or name another folder.");
        Directory.CreateDirectory(Checkpoints);
    }

    /// <summary>The newest checkpoint that is whole; damaged ones are told and passed over. Leavings of interrupted saves are removed.</summary>
    /// <exception cref="Rt1Exception">There is none.</exception>
    public string NewestValid(Action<string> say)
    {
        if (!Directory.Exists(Checkpoints))
            throw new Rt1Exception($"--resume: '{Path}' holds no run; start one without --resume.");
        RemoveUnfinished();
        foreach (var folder in Existing().Reverse())
        {
            try
            {
                PolicyCheckpoint.Verify(folder);
                return folder;
            }
            catch (CheckpointException e)
            {
                say($"passed over: {e.Message}");
            }
        }
        throw new Rt1Exception($"--resume: '{Path}' holds no whole checkpoint yet; start anew in another folder.");
    }

    /// <summary>Removes all checkpoints but the newest.</summary>
    public void Prune(int keep)
    {
        foreach (var folder in Existing().SkipLast(keep))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Checks that a number of bytes fit on the disk.</summary>
    /// <exception cref="Rt1Exception">They do not.</exception>
    public void RequireSpace(long bytes)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace;
        if (free < bytes)
            throw new Rt1Exception($"--out {Path}: the run's checkpoints take {bytes / 1e6:0} MB, but only {free / 1e6:0} MB are free; free some, lower saving.keep_last, or name another folder.");
    }

    private IEnumerable<string> Existing() => Directory.EnumerateDirectories(Checkpoints, $"{Prefix}*").Where(f => !System.IO.Path.GetFileName(f).Contains('.')).Order(StringComparer.Ordinal);

    private void RemoveUnfinished()
    {
        foreach (var folder in Directory.EnumerateDirectories(Checkpoints, "*.unfinished-*").Concat(Directory.EnumerateDirectories(Path, "*.unfinished-*")).ToList())
            Directory.Delete(folder, recursive: true);
    }
}
