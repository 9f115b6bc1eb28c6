using System.Runtime.InteropServices;

namespace Rt1.Model.Checkpoints;

/// <summary>Writing that survives a crash: a folder appears complete under its name, or not at all.</summary>
internal static partial class DurableFile
{
    /// <summary>Writes a file and waits until it is on the disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Copies a file and waits until the copy is on the disk.</summary>
    public static void Copy(string source, string target)
    {
        using var input = File.OpenRead(source);
        using var output = new FileStream(target, FileMode.Create, FileAccess.Write);
        input.CopyTo(output);
        output.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Fills a folder: <paramref name="fill"/> writes into a sibling folder, which takes the name once it is complete. A folder that already
    /// has the name is replaced. When <paramref name="fill"/> fails, nothing is left behind and the old folder stays.
    /// </summary>
    public static void ReplaceFolder(string folder, Action<string> fill)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        var unfinished = $"{folder}.unfinished-{Guid.NewGuid():n}";
        var replaced = $"{folder}.replaced-{Guid.NewGuid():n}";
        Directory.CreateDirectory(unfinished);
        try
        {
            fill(unfinished);
            FlushFolder(unfinished);
            if (Directory.Exists(folder))
                Directory.Move(folder, replaced);
            Directory.Move(unfinished, folder);
            FlushFolder(parent);
        }
        catch
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            if (Directory.Exists(replaced) && !Directory.Exists(folder))
                Directory.Move(replaced, folder);
            throw;
        }
        if (Directory.Exists(replaced))
            Directory.Delete(replaced, recursive: true);
    }

    /// <summary>Makes a folder's entries durable: .NET opens no folders, so fsync is called by itself.</summary>
    private static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
