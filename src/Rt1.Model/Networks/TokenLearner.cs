using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>TokenLearner v1.1 (arXiv 2106.11297): each token is a weighted mean of the feature map's cells, with learned weights.</summary>
internal sealed class TokenLearner : Module<Tensor, Tensor>
{
    public TokenLearner(int channels, TokenLearnerConfig config) : base(nameof(TokenLearner))
    {
        Norm = LayerNorm(channels, eps: 1e-6);
        Hidden = Linear(channels, config.HiddenSize);
        Output = Linear(config.HiddenSize, config.Tokens);
        register_module("norm", Norm);
        register_module("hidden", Hidden);
        register_module("output", Output);
    }

    public LayerNorm Norm { get; }

    public Linear Hidden { get; }

    public Linear Output { get; }

    /// <param name="cells">Feature-map cells (N, S, C); they are weighted un-normalised.</param>
    /// <returns>Tokens (N, K, C).</returns>
    public override Tensor forward(Tensor cells) => Pool(cells, AttentionLogits(cells));

    /// <summary>Each token's weights over the cells, (N, K, S).</summary>
    public Tensor Attention(Tensor cells) => softmax(AttentionLogits(cells).transpose(1, 2), -1);

    /// <summary>Each token's logits over the cells, (N, S, K). GELU is in its tanh form, as the reference's JAX ancestor has it.</summary>
    public Tensor AttentionLogits(Tensor cells) => Output.call(functional.gelu(Hidden.call(Norm.call(cells)), TorchSharp.Modules.GELU.Approximate.tanh));

    /// <param name="attention">Each token's logits over the cells, (N, S, K).</param>
    public static Tensor Pool(Tensor cells, Tensor attention) => matmul(softmax(attention.transpose(1, 2), -1), cells);
}
