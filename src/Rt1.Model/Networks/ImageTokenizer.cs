using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

// N images, S image size, s map size, C context size, E embedding size, K tokens per image

/// <summary>Images and instruction to image tokens: normalisation, FiLM-EfficientNet, 1×1 head with FiLM, TokenLearner.</summary>
internal sealed class ImageTokenizer : Module<Tensor, Tensor, Tensor>
{
    /// <summary>The mean of ImageNet's pixels, RGB in [0, 1]: what pretrained weights expect to be subtracted.</summary>
    public static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];

    /// <summary>The standard deviation of ImageNet's pixels, RGB in [0, 1].</summary>
    public static readonly float[] ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    public ImageTokenizer(NetworkConfig config, int imageSize) : base(nameof(ImageTokenizer))
    {
        Backbone = new FilmEfficientNet(config.Backbone, config.ContextSize);
        Head = Conv2d(Backbone.OutputChannels, config.EmbeddingSize, 1, bias: false);
        HeadFilm = new FilmLayer(config.ContextSize, config.EmbeddingSize);
        TokenLearner = new TokenLearner(config.EmbeddingSize, config.TokenLearner);

        // The scale 1/sqrt(deviation) of Keras' EfficientNet comes on top, so a variance equal to the deviation divides by the deviation.
        register_buffer("mean", tensor(ImageNetMean).DetachFromDisposeScope());
        register_buffer("variance", tensor(ImageNetDeviation).DetachFromDisposeScope());
        register_module("backbone", Backbone);
        register_module("head", Head);
        register_module("head_film", HeadFilm);
        if (config.MapPositionEmbedding)
        {
            var size = BlockShape.MapSize(config.Backbone, imageSize);
            MapPosition = Parameter(zeros(size * size, config.EmbeddingSize));
            MapPosition.DetachFromDisposeScope();
            register_parameter("map_position", MapPosition);
        }
        register_module("token_learner", TokenLearner);
    }

    /// <summary>What each pixel channel has subtracted, (3).</summary>
    public Tensor Mean => get_buffer("mean")!;

    public Tensor Variance => get_buffer("variance")!;

    public FilmEfficientNet Backbone { get; }

    public Conv2d Head { get; }

    public FilmLayer HeadFilm { get; }

    public Parameter? MapPosition { get; }

    public TokenLearner TokenLearner { get; }

    /// <param name="images">Images in [0, 1], (N, 3, S, S).</param>
    /// <param name="context">Instruction embeddings (N, C).</param>
    /// <returns>Image tokens (N, K, E).</returns>
    public override Tensor forward(Tensor images, Tensor context) => TokenLearner.call(Cells(images, context));

    /// <summary>As <see cref="forward"/>, with TokenLearner's attention logits (N, s·s, K).</summary>
    public (Tensor Tokens, Tensor Attention) WithAttention(Tensor images, Tensor context)
    {
        var cells = Cells(images, context);
        var attention = TokenLearner.AttentionLogits(cells);
        return (TokenLearner.Pool(cells, attention), attention);
    }

    /// <summary>The cells that TokenLearner weighs, (N, s·s, E).</summary>
    public Tensor Cells(Tensor images, Tensor context) => Cells(HeadMap(Backbone.call(Normalize(images), context), context));

    /// <summary>(x − mean)/√variance, then the fixed scale 1/√deviation of Keras' EfficientNet.</summary>
    public Tensor Normalize(Tensor images)
    {
        var (scale, shift) = NormalizationFactors();
        return (images * scale.view(-1, 1, 1)).add_(shift.view(-1, 1, 1));
    }

    /// <summary>The normalisation as one product and one sum, each (3).</summary>
    public (Tensor Scale, Tensor Shift) NormalizationFactors()
    {
        var scale = 1 / (Variance * tensor(ImageNetDeviation, device: Variance.device)).sqrt();
        return (scale, -Mean * scale);
    }

    /// <summary>The 1×1 head and its FiLM: (N, channels, s, s) to (N, E, s, s).</summary>
    public Tensor HeadMap(Tensor map, Tensor context) => HeadFilm.call(Head.call(map), context);

    /// <summary>The map's cells row by row, with their position embedding where the network has one: (N, s·s, E).</summary>
    public Tensor Cells(Tensor map)
    {
        var cells = map.flatten(2).transpose(1, 2);
        return MapPosition is null ? cells : cells + MapPosition;
    }
}
