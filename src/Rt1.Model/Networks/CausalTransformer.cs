using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

// B batch, T steps, K image tokens per step, A action slots per step, L = T·(K + A) sequence length, D width, V vocabulary

/// <summary>RT-1's decoder-only transformer: image tokens of a few steps to the logits of each step's action tokens.</summary>
internal sealed class CausalTransformer : Module<Tensor, Tensor>
{
    private readonly SequenceLayout _window;

    public CausalTransformer(NetworkConfig config, int actionTokens, int vocabularySize) : base(nameof(CausalTransformer))
    {
        var sizes = config.Transformer;
        _window = new SequenceLayout(config.Window, config.TokenLearner.Tokens, actionTokens);
        TokenEmbedding = Linear(config.EmbeddingSize, sizes.Width);
        PositionEmbedding = Linear(_window.Length, sizes.Width);
        Layers = ModuleList(Enumerable.Range(0, sizes.Layers).Select(_ => new TransformerLayer(sizes)).ToArray());
        Output = Linear(sizes.Width, vocabularySize);
        register_module("token_embedding", TokenEmbedding);
        register_module("position_embedding", PositionEmbedding);
        register_module("layers", Layers);
        if (sizes.FinalNorm)
            register_module("norm", Norm = LayerNorm(sizes.Width, eps: 1e-6));
        register_module("output", Output);
        register_buffer("mask", tensor(_window.AdditiveMask(), [_window.Length, _window.Length]).DetachFromDisposeScope(), persistent: false);
    }

    public Linear TokenEmbedding { get; }

    /// <summary>A dense layer on the one-hot position, so it has a bias.</summary>
    public Linear PositionEmbedding { get; }

    public ModuleList<TransformerLayer> Layers { get; }

    public LayerNorm? Norm { get; }

    public Linear Output { get; }

    /// <inheritdoc cref="Rt1Network.SeparateSteps"/>
    public bool SeparateSteps { get; set; }

    /// <param name="imageTokens">(B, T, K, E); T may be shorter than the window.</param>
    /// <returns>Logits of every step's action tokens, (B, T, A, V).</returns>
    public override Tensor forward(Tensor imageTokens)
    {
        var (b, t, e) = (imageTokens.shape[0], imageTokens.shape[1], imageTokens.shape[3]);
        var layout = _window with { Steps = (int)t };

        // The reference multiplies the embedded action tokens by zero: their slots carry nothing but their position.
        var slots = zeros(b, t, layout.ActionSlots, e, imageTokens.dtype, imageTokens.device);
        var x = TokenEmbedding.call(cat([imageTokens, slots], 2).view(b, layout.Length, e));              // (B, L, D)
        x = x + PositionEmbedding.weight.t().narrow(0, 0, layout.Length) + PositionEmbedding.bias!;

        var attended = SeparateSteps ? layout.TokensPerStep : layout.Length;
        var mask = get_buffer("mask")!.narrow(0, 0, attended).narrow(1, 0, attended);
        x = x.view(-1, attended, x.shape[2]);
        foreach (var layer in Layers)
            x = layer.call(x, mask);
        x = x.view(b, layout.Length, -1);

        x = x.index_select(1, tensor(layout.ReadPositions(), device: x.device));                          // (B, T·A, D)
        return Output.call(Norm is null ? x : Norm.call(x)).view(b, t, layout.ActionSlots, -1);
    }
}

/// <summary>A pre-norm transformer layer. RT-1's feed-forward is one dense layer without activation.</summary>
internal sealed class TransformerLayer : Module<Tensor, Tensor, Tensor>
{
    public TransformerLayer(TransformerConfig config) : base(nameof(TransformerLayer))
    {
        Norm1 = LayerNorm(config.Width, eps: 1e-6);
        Attention = new SelfAttention(config);
        Norm2 = LayerNorm(config.Width, eps: 1e-6);
        FeedForward = Linear(config.FeedForwardSize ?? config.Width, config.Width);
        Dropout = Dropout(config.Dropout);
        register_module("norm1", Norm1);
        register_module("attention", Attention);
        register_module("norm2", Norm2);
        if (config.FeedForwardSize is { } hidden)
            register_module("hidden", Hidden = Linear(config.Width, hidden));
        register_module("feed_forward", FeedForward);
        register_module("dropout", Dropout);
    }

    public LayerNorm Norm1 { get; }

    public SelfAttention Attention { get; }

    public LayerNorm Norm2 { get; }

    public Linear? Hidden { get; }

    public Linear FeedForward { get; }

    public Dropout Dropout { get; }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        x = x + Attention.call(Norm1.call(x), mask);
        var y = Norm2.call(x);
        return x + Dropout.call(FeedForward.call(Hidden is null ? y : functional.gelu(Hidden.call(y))));
    }
}

/// <summary>Multi-head self-attention whose key size is free of the width (RT-1: 512 → 8 × 128 → 512), with biases.</summary>
internal sealed class SelfAttention : Module<Tensor, Tensor, Tensor>
{
    public SelfAttention(TransformerConfig config) : base(nameof(SelfAttention))
    {
        Heads = config.Heads;
        var inner = config.Heads * config.KeySize;
        Query = Linear(config.Width, inner);
        Key = Linear(config.Width, inner);
        Value = Linear(config.Width, inner);
        Output = Linear(inner, config.Width);
        Dropout = Dropout(config.Dropout);
        register_module("query", Query);
        register_module("key", Key);
        register_module("value", Value);
        register_module("output", Output);
        register_module("dropout", Dropout);
    }

    public int Heads { get; }

    public Linear Query { get; }

    public Linear Key { get; }

    public Linear Value { get; }

    public Linear Output { get; }

    public Dropout Dropout { get; }

    /// <param name="x">(B, L, D).</param>
    /// <param name="mask">Added to the scores, (L, L).</param>
    public override Tensor forward(Tensor x, Tensor mask)
    {
        var (query, key, value) = (Split(Query.call(x)), Split(Key.call(x)), Split(Value.call(x)));        // (B, heads, L, key size)
        // The query is scaled, not the scores, of which there are many more.
        var scores = matmul(query / Math.Sqrt(query.shape[^1]), key.transpose(-1, -2)) + mask;            // (B, heads, L, L)
        var mixed = matmul(Dropout.call(softmax(scores, -1)), value).transpose(1, 2);                     // (B, L, heads, key size)
        return Output.call(mixed.flatten(2));
    }

    private Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], Heads, -1).transpose(1, 2);
}
