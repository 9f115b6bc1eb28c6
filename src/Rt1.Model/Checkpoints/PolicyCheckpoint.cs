using System.Text;
using Rt1.Configuration;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Checkpoints;

/// <summary>
/// A policy on disk: a folder with <c>model.safetensors</c> (float32), <c>policy.yaml</c> (everything else needed to run it), the instruction
/// bank where there is one, and <c>manifest.json</c> with checksums.
/// </summary>
public static class PolicyCheckpoint
{
    public const string WeightsFile = "model.safetensors";
    public const string ConfigFile = "policy.yaml";
    public const string BankFile = "instructions.safetensors";

    /// <summary>Saves a network and its configuration. The folder appears complete or not at all; an old checkpoint of that name is replaced.</summary>
    /// <param name="network">The network; its configuration names the instruction bank, which is copied into the folder.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="addFiles">Writes further files into the folder, which the manifest then covers: a training state, for instance.</param>
    /// <param name="provenance">Where the weights come from, in place of what the network's configuration says.</param>
    /// <exception cref="CheckpointException">The instruction bank is missing, or the folder holds something other than a checkpoint.</exception>
    public static void Save(Rt1Network network, string folder, Action<string>? addFiles = null, ProvenanceConfig? provenance = null)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, CheckpointManifest.FileName)))
            throw new CheckpointException(folder, "the folder exists and is no checkpoint, so it is not replaced; name another one.");
        DurableFile.ReplaceFolder(folder, target => Fill(target, network, folder, addFiles, provenance));
    }

    /// <summary>Loads the network of a checkpoint folder, after checking every file against the manifest.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="overrides">Settings in place of those in <c>policy.yaml</c>, as <c>KEY=VALUE</c>.</param>
    /// <exception cref="CheckpointException">A file is missing, truncated or damaged, or the weights are not of the configured sizes.</exception>
    /// <exception cref="ConfigException"><c>policy.yaml</c> or an override is not valid.</exception>
    public static Rt1Network Load(string folder, IEnumerable<string>? overrides = null)
    {
        CheckpointManifest.Verify(folder);
        var network = new Rt1Network(Config.Load<PolicyConfig>(Path.Combine(folder, ConfigFile), overrides));
        try
        {
            using var weights = SafetensorsFile.Open(Path.Combine(folder, WeightsFile));
            Load(network, weights, folder);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>
    /// SHA-256 of what decides in a checkpoint: weights, configuration, instruction bank. Copies and a training state beside them make no difference.
    /// </summary>
    /// <exception cref="CheckpointException">There is no checkpoint of that name, or its manifest is damaged.</exception>
    public static string Fingerprint(string folder) => CheckpointManifest.Fingerprint(folder, WeightsFile, ConfigFile, BankFile);

    /// <summary>Checks every file of a checkpoint folder against its manifest.</summary>
    /// <exception cref="CheckpointException">It is no checkpoint, or a file is missing, truncated or damaged.</exception>
    public static void Verify(string folder) => CheckpointManifest.Verify(folder);

    private static void Fill(string target, Rt1Network network, string folder, Action<string>? addFiles, ProvenanceConfig? provenance)
    {
        var config = network.Config with { Provenance = provenance ?? network.Config.Provenance };
        if (config.Instruction.Bank is { } bank)
        {
            if (!File.Exists(bank))
                throw new CheckpointException(folder, $"the instruction bank '{bank}' is missing.");
            DurableFile.Copy(bank, Path.Combine(target, BankFile));
            config = config with { Instruction = config.Instruction with { Bank = new FilePath(BankFile) } };
        }
        SafetensorsFile.Write(Path.Combine(target, WeightsFile), network.state_dict().Where(t => t.Value.is_floating_point()),
            new Dictionary<string, string> { ["format"] = "pt", ["policy"] = config.Name });
        DurableFile.Write(Path.Combine(target, ConfigFile), Encoding.UTF8.GetBytes(Config.ToYaml(config)));
        addFiles?.Invoke(target);
        CheckpointManifest.Write(target);
    }

    private static void Load(Rt1Network network, SafetensorsFile weights, string folder)
    {
        using var noGrad = no_grad();
        var state = network.state_dict().Where(t => t.Value.is_floating_point()).ToDictionary();
        if (weights.Entries.Keys.FirstOrDefault(name => !state.ContainsKey(name)) is { } unknown)
            throw new CheckpointException(folder, $"its weights hold '{unknown}', which the configured network has not; use the {ConfigFile} saved beside them.");
        foreach (var (name, target) in state)
        {
            if (!weights.Entries.TryGetValue(name, out var entry))
                throw new CheckpointException(folder, $"its weights lack '{name}', which the configured network has; use the {ConfigFile} saved beside them.");
            if (!entry.Shape.SequenceEqual(target.shape))
                throw new CheckpointException(folder, SizeMismatch(network, name, entry.Shape, target.shape));
            using var scope = NewDisposeScope();
            target.copy_(weights.Read(name));
        }
    }

    private static string SizeMismatch(Rt1Network network, string name, IReadOnlyList<long> found, long[] expected)
    {
        var layout = network.Layout;
        return name == "transformer.position_embedding.weight"
            ? $"position embedding is {found[1]}×{found[0]} but the config asks for {layout.Steps}×({layout.ImageTokens}+{layout.ActionSlots}) = {layout.Length} positions " +
                $"of width {expected[0]}; use the config saved beside it."
            : $"'{name}' is {string.Join("×", found)} but the config asks for {string.Join("×", expected)}; use the config saved beside it.";
    }
}
