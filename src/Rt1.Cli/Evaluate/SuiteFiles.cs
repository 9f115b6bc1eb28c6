using System.Security.Cryptography;
using System.Text;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Cli.Evaluate;

/// <summary>The suites by their names: <c>configs/evaluation/*.yaml</c>.</summary>
internal static class SuiteFiles
{
    private static readonly string Folder = Path.Combine("configs", "evaluation");

    /// <summary>Loads suites in the order of their names.</summary>
    /// <param name="names">Names or files (<c>.yaml</c>), with commas between them.</param>
    /// <param name="overrides">Settings in place of the files', as <c>KEY=VALUE</c>.</param>
    /// <exception cref="Rt1Exception">There is no such suite, one is named twice, or its definition is not valid.</exception>
    public static IReadOnlyDictionary<string, SuiteConfig> Load(string names, IEnumerable<string> overrides)
    {
        var suites = new Dictionary<string, SuiteConfig>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var file = Find(name);
            if (!suites.TryAdd(Path.GetFileNameWithoutExtension(file), Config.Load<SuiteConfig>(file, overrides)))
                throw new Rt1Exception($"--suite: '{name}' is named twice.");
        }
        return suites.Count > 0 ? suites : throw new Rt1Exception("--suite: names no suite.");
    }

    /// <summary>SHA-256 of the definition with everything that it includes.</summary>
    public static string Fingerprint(SuiteConfig suite) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Config.ToYaml(suite))));

    private static string Find(string name)
    {
        if (name.EndsWith(".yaml", StringComparison.Ordinal))
            return name;
        var folder = Ancestors(Directory.GetCurrentDirectory()).Concat(Ancestors(AppContext.BaseDirectory))
            .Select(ancestor => Path.Combine(ancestor, Folder)).FirstOrDefault(Directory.Exists)
            ?? throw new Rt1Exception($"--suite: there is no folder {Folder} here or above; name the suite's file (.yaml).");
        var file = Path.Combine(folder, $"{name}.yaml");
        if (File.Exists(file) && name != Split)
            return file;
        var known = Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(f => f != Split).Order(StringComparer.Ordinal).ToList();
        throw new Rt1Exception($"--suite: there is no '{name}'; there are {string.Join(", ", known)}{Similarity.Hint(name, known)}");
    }

    /// <summary>Beside the suites lies what they hold out, which is none itself.</summary>
    private const string Split = "split";

    private static IEnumerable<string> Ancestors(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
