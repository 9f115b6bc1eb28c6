using Rt1.Model.Checkpoints;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.ImageNet;

/// <summary>
/// Imports EfficientNet weights trained on ImageNet into a network's backbone, from the safetensors files of timm and torchvision.
/// The normalisation becomes (x − mean)/deviation of ImageNet's pixels; FiLM, head and transformer stay as they are.
/// </summary>
public static class ImageNetWeights
{
    private const string Backbone = "image_tokenizer.backbone.";

    /// <summary>Copies the weights.</summary>
    /// <returns>What the user should know about their exactness, or null where the arithmetic is RT-1's own.</returns>
    /// <exception cref="CheckpointException">The file is missing or damaged, of another library, or of another size.</exception>
    public static string? Load(Rt1Network network, string path)
    {
        using var file = SafetensorsFile.Open(path);
        ImageNetLayout layout = file.Entries.ContainsKey(TimmLayout.FirstTensor) ? new TimmLayout()
            : file.Entries.ContainsKey(TorchvisionLayout.FirstTensor) ? new TorchvisionLayout()
            : throw new CheckpointException(path, $"its layout is unknown: neither timm's '{TimmLayout.FirstTensor}' nor torchvision's '{TorchvisionLayout.FirstTensor}' is in it.");
        var state = network.state_dict();
        var pairs = layout.Of(network.Config.Network.Backbone).ToList();
        foreach (var (theirs, ours) in pairs)
            Check(file, theirs, Backbone + ours, state);

        using var noGrad = no_grad();
        foreach (var (theirs, ours) in pairs)
        {
            using var scope = NewDisposeScope();
            state[Backbone + ours].copy_(file.Read(theirs));
        }
        using (NewDisposeScope())
        {
            network.ImageTokenizer.Mean.copy_(tensor(ImageTokenizer.ImageNetMean));
            network.ImageTokenizer.Variance.copy_(tensor(ImageTokenizer.ImageNetDeviation));
        }
        return NoteOn(layout, path);
    }

    private static void Check(SafetensorsFile file, string theirs, string ours, IReadOnlyDictionary<string, Tensor> state)
    {
        if (!file.Entries.TryGetValue(theirs, out var entry))
            throw new CheckpointException(file.Path, $"tensor '{theirs}' is missing.");
        if (!state.TryGetValue(ours, out var target) || !entry.Shape.SequenceEqual(target.shape))
        {
            var expected = target is null ? "which this backbone has not" : $"but the backbone asks for {string.Join("×", target.shape)}";
            throw new CheckpointException(file.Path, $"'{theirs}' is {string.Join("×", entry.Shape)} {expected}; use the weights of the EfficientNet that the config names (RT-1: B3).");
        }
    }

    // timm's two variants have equal names and shapes; only the file's name tells them apart.
    private static string? NoteOn(ImageNetLayout layout, string path) => layout switch
    {
        TorchvisionLayout => "torchvision's weights were trained with symmetric padding and BatchNorm epsilon 1e-5: they are an approximate start.",
        _ when Path.GetFileName(path).Contains("tf_efficientnet", StringComparison.Ordinal) => null,
        _ => "these weights are exact if they are timm's tf_efficientnet_b3; the plain efficientnet_b3 was trained with BatchNorm epsilon 1e-5 and symmetric padding, and is an approximate start.",
    };
}
