using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rt1.Model.Checkpoints;

/// <summary>What a checkpoint folder holds, with the size and SHA-256 of every file: <c>manifest.json</c>.</summary>
internal sealed record CheckpointManifest(string Format, int Version, IReadOnlyDictionary<string, ManifestFile> Files)
{
    public const string FileName = "manifest.json";
    private const string FormatName = "rt1-checkpoint";
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Describes the files of a folder and writes the manifest beside them.</summary>
    public static void Write(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileName(file), Describe);
        var json = JsonSerializer.SerializeToUtf8Bytes(new CheckpointManifest(FormatName, CurrentVersion, files), Options);
        DurableFile.Write(Path.Combine(folder, FileName), json);
    }

    /// <summary>Checks that a folder is a complete and undamaged checkpoint.</summary>
    /// <exception cref="CheckpointException">The manifest is missing or of another version, or a file is missing, truncated or damaged.</exception>
    public static void Verify(string folder)
    {
        foreach (var (name, expected) in Read(folder).Files)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                throw new CheckpointException(folder, $"the file '{name}' is missing.");
            if (new FileInfo(path).Length is var size && size != expected.Size)
                throw new CheckpointException(folder, $"the file '{name}' has {size} bytes where the manifest says {expected.Size}; it is truncated or replaced.");
            if (Describe(path).Sha256 != expected.Sha256)
                throw new CheckpointException(folder, $"the file '{name}' fails its checksum; it is damaged or was changed by hand (then delete {FileName} and save anew).");
        }
    }

    /// <summary>One SHA-256 over the named files' checksums, as the manifest says them; files that are not there are passed over.</summary>
    /// <exception cref="CheckpointException">The manifest is missing or of another version.</exception>
    public static string Fingerprint(string folder, params IEnumerable<string> files)
    {
        var manifest = Read(folder).Files;
        var lines = files.Where(manifest.ContainsKey).Order(StringComparer.Ordinal).Select(name => $"{manifest[name].Sha256}  {name}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    private static CheckpointManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder))
            throw new CheckpointException(folder, "there is no such folder.");
        if (!File.Exists(path))
            throw new CheckpointException(folder, $"it has no {FileName}; it is not a checkpoint of Rt1, or was not written to its end.");
        try
        {
            var manifest = JsonSerializer.Deserialize<CheckpointManifest>(File.ReadAllBytes(path), Options);
            if (manifest is not { Format: FormatName, Version: CurrentVersion, Files: not null } || manifest.Files.Any(f => f.Value is null || Path.GetFileName(f.Key) != f.Key))
                throw new CheckpointException(folder, $"{FileName} is not of format {FormatName} version {CurrentVersion}; use the version of Rt1 that wrote it.");
            return manifest;
        }
        catch (JsonException e)
        {
            throw new CheckpointException(folder, $"{FileName} is not valid JSON: {e.Message}", e);
        }
    }

    private static ManifestFile Describe(string path)
    {
        using var stream = File.OpenRead(path);
        return new ManifestFile(stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record ManifestFile(long Size, string Sha256);
