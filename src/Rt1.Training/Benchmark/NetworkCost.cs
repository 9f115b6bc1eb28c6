using Rt1.Configuration;
using Rt1.Model.Networks;

namespace Rt1.Training;

/// <summary>Floating-point operations of a network: matrix products and convolutions, a multiplication and an addition each.</summary>
public static class NetworkCost
{
    /// <summary>Training computes each product three times: forward, and for the gradients of input and weight.</summary>
    public const int TrainingFactor = 3;

    /// <summary>Operations of one window through the network.</summary>
    public static double Forward(PolicyConfig config)
    {
        var network = config.Network;
        var steps = (double)network.Window;
        return 2 * (steps * ImageProducts(network, config.Image.Size) + TransformerProducts(network, config.ActionSpace.ToActionSpace().TokenCount, config.ActionSpace.VocabularySize));
    }

    /// <summary>Multiplications of one image to its tokens.</summary>
    private static double ImageProducts(NetworkConfig network, int imageSize)
    {
        var (backbone, context, width) = (network.Backbone, network.ContextSize, network.EmbeddingSize);
        double side = imageSize / 2;
        var products = side * side * 9 * 3 * BlockShape.Channels(backbone.StemChannels, backbone);
        var channels = 0.0;
        foreach (var block in BlockShape.Resolve(backbone))
        {
            products += BlockProducts(block, ref side) + 2.0 * context * block.Output;
            channels = block.Output;
        }
        var cells = side * side;
        if (backbone.TopChannels is { } top)
        {
            products += cells * channels * BlockShape.Channels(top, backbone);
            channels = BlockShape.Channels(top, backbone);
        }
        var learner = network.TokenLearner;
        return products + cells * channels * width + 2.0 * context * width
            + cells * learner.HiddenSize * (width + learner.Tokens) + cells * learner.Tokens * width;
    }

    private static double BlockProducts(BlockShape block, ref double side)
    {
        var expansion = block.Expanded == block.Input ? 0 : side * side * block.Input * block.Expanded;
        side = Math.Floor(side / block.Stride);
        var (cells, kernel) = (side * side, (double)block.Kernel * block.Kernel);
        var project = cells * block.Expanded * block.Output;
        return block.Kind == BlockKind.FusedMbConv
            ? cells * kernel * block.Input * block.Expanded + project
            : expansion + cells * kernel * block.Expanded + 2.0 * block.Expanded * block.Squeezed + project;
    }

    /// <summary>Multiplications of a window's tokens to logits.</summary>
    private static double TransformerProducts(NetworkConfig network, int actionTokens, int vocabulary)
    {
        var (sizes, steps) = (network.Transformer, (double)network.Window);
        var length = steps * (network.TokenLearner.Tokens + actionTokens);
        double inner = sizes.Heads * sizes.KeySize;
        double feedForward = sizes.FeedForwardSize is { } hidden ? 2.0 * sizes.Width * hidden : sizes.Width * sizes.Width;
        var layer = length * (4 * sizes.Width * inner + feedForward) + 2 * length * length * inner;
        return length * network.EmbeddingSize * sizes.Width + sizes.Layers * layer + steps * actionTokens * sizes.Width * vocabulary;
    }
}
