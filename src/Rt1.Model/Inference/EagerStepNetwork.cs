using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>The training form's modules as they are, on any device.</summary>
internal sealed class EagerStepNetwork(Rt1Network network, Device device) : IStepNetwork
{
    private Tensor? _context;

    public void Condition(Tensor context)
    {
        _context?.Dispose();
        _context = context.to(device, copy: true).DetachFromDisposeScope();
    }

    public void Tokenize(Tensor frame, Span<float> tokens, Span<float> attention = default)
    {
        using var scope = NewDisposeScope();
        var image = ImagePreprocessing.ToNetwork(frame.to(device), network.Config.Image.Size);
        var cells = network.ImageTokenizer.Cells(image, _context!);
        var weights = network.ImageTokenizer.TokenLearner.Attention(cells);
        matmul(weights, cells).cpu().data<float>().CopyTo(tokens);
        if (!attention.IsEmpty)
            weights.contiguous().cpu().data<float>().CopyTo(attention);
    }

    public void Decide(ReadOnlySpan<float> window, int slot, Span<float> logits)
    {
        using var scope = NewDisposeScope();
        var layout = network.Layout;
        var tokens = tensor(window.ToArray(), [1, layout.Steps, layout.ImageTokens, network.Config.Network.EmbeddingSize]).to(device);
        network.Transformer.call(tokens).select(0, 0).select(0, slot).contiguous().cpu().data<float>().CopyTo(logits);
    }

    public void Dispose() => _context?.Dispose();
}
