using static TorchSharp.torch;

namespace Rt1.Model.Inference;

// T window, K image tokens per step, E embedding size, C context size, A action slots, V vocabulary, P cells

/// <summary>The two halves of a control step: a frame to its image tokens, and the window's image tokens to one step's logits.</summary>
internal interface IStepNetwork : IDisposable
{
    /// <summary>Takes an instruction's embedding (1, C); what depends on it alone is computed here.</summary>
    void Condition(Tensor context);

    /// <param name="frame">(1, H, W, 3) uint8, on the processor.</param>
    /// <param name="tokens">Receives the image tokens (K, E).</param>
    /// <param name="attention">Receives each token's weights over the cells of the feature map (K, P); may be empty.</param>
    void Tokenize(Tensor frame, Span<float> tokens, Span<float> attention = default);

    /// <param name="window">Image tokens (T, K, E); zeros where the window is not filled yet.</param>
    /// <param name="slot">The step that is read.</param>
    /// <param name="logits">Receives (A, V).</param>
    void Decide(ReadOnlySpan<float> window, int slot, Span<float> logits);
}
