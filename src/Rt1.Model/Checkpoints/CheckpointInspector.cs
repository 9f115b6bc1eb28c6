using Rt1.Configuration;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;

namespace Rt1.Model.Checkpoints;

/// <summary>A checkpoint's sizes. Printed as JSON, the names are those of the properties in snake_case.</summary>
/// <param name="Layers">Transformer layers.</param>
/// <param name="Width">The transformer's width.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="KeySize">Size of one head's keys.</param>
/// <param name="Window">Steps of history, the current one included.</param>
/// <param name="TokensPerImage">Image tokens per step.</param>
/// <param name="ActionDimensions">Action tokens per step.</param>
/// <param name="Vocabulary">Tokens per action dimension.</param>
/// <param name="Parameters">Floating-point numbers: parameters and statistics, without optimizer state.</param>
public sealed record CheckpointSizes(
    int Layers, int Width, int Heads, int KeySize, int Window, int TokensPerImage, int ActionDimensions, int Vocabulary, long Parameters);

/// <summary>Reads a checkpoint's sizes without its weights.</summary>
public static class CheckpointInspector
{
    /// <param name="path">
    /// A folder of ours, or Google's <c>ckpt-*.index</c> (or a folder with one): the index alone is enough, its data file need not be there.
    /// </param>
    /// <param name="actionDimensions">Action tokens per step; no tensor shape of Google's tells.</param>
    /// <exception cref="CheckpointException">There is no checkpoint at the path, or it is damaged or of an unknown layout.</exception>
    public static CheckpointSizes Inspect(string path, int actionDimensions = 11)
    {
        if (File.Exists(Path.Combine(path, PolicyCheckpoint.ConfigFile)))
            return InspectOurs(path);
        var bundle = TensorBundle.Open(TensorFlowImport.FindIndex(path));
        var (network, vocabulary) = ReferenceSizes.Derive(bundle, actionDimensions);
        return Sizes(network, actionDimensions, vocabulary, ReferenceSizes.CountFloats(bundle));
    }

    private static CheckpointSizes InspectOurs(string folder)
    {
        var config = Config.Load<PolicyConfig>(Path.Combine(folder, PolicyCheckpoint.ConfigFile));
        using var weights = SafetensorsFile.Open(Path.Combine(folder, PolicyCheckpoint.WeightsFile));
        return Sizes(config.Network, config.ActionSpace.ToActionSpace().TokenCount, config.ActionSpace.VocabularySize, weights.Entries.Values.Sum(e => e.ElementCount));
    }

    private static CheckpointSizes Sizes(NetworkConfig network, int actionDimensions, int vocabulary, long parameters) => new(
        network.Transformer.Layers, network.Transformer.Width, network.Transformer.Heads, network.Transformer.KeySize,
        network.Window, network.TokenLearner.Tokens, actionDimensions, vocabulary, parameters);
}
