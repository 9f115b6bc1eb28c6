using Rt1.Configuration;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>Imports the checkpoints of google-research/robotics_transformer.</summary>
public static class TensorFlowImport
{
    /// <summary>Builds the network that a checkpoint holds, in the sizes of its tensors, with its weights.</summary>
    /// <param name="path">A checkpoint, <c>…/ckpt-1</c> or <c>…/ckpt-1.index</c>, or a folder; of a folder's checkpoints the one with the highest number is taken.</param>
    /// <param name="config">Action space, image size and decoding, which a TensorFlow checkpoint does not hold; its network section is replaced.</param>
    /// <exception cref="CheckpointException">A file is missing, truncated or damaged, a variable is missing, or the layout is not RT-1's.</exception>
    public static Rt1Network Load(string path, PolicyConfig? config = null)
    {
        config ??= new PolicyConfig();
        var bundle = TensorBundle.Open(FindIndex(path));
        var (sizes, vocabularySize) = ReferenceSizes.Derive(bundle, config.ActionSpace.ToActionSpace().TokenCount);
        if (vocabularySize != config.ActionSpace.VocabularySize)
            throw new CheckpointException(bundle.IndexPath, $"it has {vocabularySize} tokens per action dimension, but the action space has {config.ActionSpace.VocabularySize}.");
        var network = new Rt1Network(config with
        {
            Network = sizes,
            Provenance = new ProvenanceConfig { Source = $"imported from TensorFlow checkpoint {Path.GetFileNameWithoutExtension(bundle.IndexPath)}" },
        });
        try
        {
            Copy(bundle, network);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The index file that a path means: itself, the index of a checkpoint named without ending, or the newest of a folder.</summary>
    /// <exception cref="CheckpointException">The folder holds no <c>ckpt-*.index</c>.</exception>
    internal static string FindIndex(string path)
    {
        if (!Directory.Exists(path))
            return File.Exists($"{path}.index") ? $"{path}.index" : path;
        return Directory.EnumerateFiles(path, "ckpt-*.index")
            .OrderByDescending(file => long.TryParse(Path.GetFileNameWithoutExtension(file)["ckpt-".Length..], out var number) ? number : -1)
            .FirstOrDefault() ?? throw new CheckpointException(path, "the folder holds no TensorFlow checkpoint (ckpt-*.index).");
    }

    /// <summary>Checks that every variable is there in the right shape.</summary>
    internal static void Check(TensorBundle bundle, IReadOnlyDictionary<string, Tensor> state, IEnumerable<VariableLayout> layouts)
    {
        foreach (var layout in layouts)
        {
            var name = ReferenceLayout.Prefix + layout.Name;
            if (!bundle.Variables.TryGetValue(name, out var variable))
                throw new CheckpointException(bundle.IndexPath, $"the variable '{name}' is missing.");
            if (!variable.IsFloat || !layout.Fits(variable.Shape, state[layout.Parameter].shape))
            {
                throw new CheckpointException(bundle.IndexPath, $"its layout is unknown: '{name}' is [{string.Join(", ", variable.Shape)}]" +
                    $"{(variable.IsFloat ? "" : " and not float32")}, which does not become {layout.Parameter} [{string.Join(", ", state[layout.Parameter].shape)}].");
            }
        }
    }

    private static void Copy(TensorBundle bundle, Rt1Network network)
    {
        using var noGrad = no_grad();
        var state = network.state_dict();
        var layouts = ReferenceLayout.Of(network.Config.Network).ToList();
        Check(bundle, state, layouts);
        foreach (var layout in layouts)
        {
            using var scope = NewDisposeScope();
            var name = ReferenceLayout.Prefix + layout.Name;
            var source = empty([.. bundle.Variables[name].Shape]);
            bundle.Read(name, source.bytes);
            state[layout.Parameter].copy_(layout.ToOurs(source, state[layout.Parameter].shape));
        }
    }
}
