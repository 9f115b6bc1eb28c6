using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Inference.Fused;

/// <summary>The fast form on a processor: FiLM factors once an instruction, everything else fused, one transformer pass.</summary>
internal sealed class FusedStepNetwork(Rt1Network network) : IStepNetwork
{
    private readonly int _imageSize = network.Config.Image.Size;
    private readonly FusedImageTokenizer _tokenizer = new(network.ImageTokenizer, network.Config.Image.Size);
    private readonly FusedTransformer _transformer = new(network.Transformer, network.Layout);

    public void Condition(Tensor context) => _tokenizer.SetContext(context);

    public void Tokenize(Tensor frame, Span<float> tokens, Span<float> attention = default)
    {
        using var scope = NewDisposeScope();
        _tokenizer.Run(ImagePreprocessing.ToNetwork(frame, _imageSize), tokens, attention);
    }

    public void Decide(ReadOnlySpan<float> window, int slot, Span<float> logits) => _transformer.Run(window, slot, logits);

    public void Dispose()
    {
        _tokenizer.Dispose();
        _transformer.Dispose();
    }
}
