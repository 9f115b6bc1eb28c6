using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Instructions;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>
/// RT-1 (arXiv 2212.06817) in its training form, in every size that its configuration asks for.
/// Numerically equal to google-research/robotics_transformer; the golden tests hold it to that.
/// </summary>
public sealed class Rt1Network : Module<Tensor, Tensor, Tensor>
{
    /// <exception cref="Rt1Exception">The action space of the configuration is not valid.</exception>
    public Rt1Network(PolicyConfig config) : base(nameof(Rt1Network))
    {
        Config = config;
        ActionSpace = config.ActionSpace.ToActionSpace();
        ImageTokenizer = new ImageTokenizer(config.Network, config.Image.Size);
        ActionTokenEmbedding = Linear(ActionSpace.VocabularySize, config.Network.EmbeddingSize);
        Transformer = new CausalTransformer(config.Network, ActionSpace.TokenCount, ActionSpace.VocabularySize);
        register_module("image_tokenizer", ImageTokenizer);
        register_module("action_token_embedding", ActionTokenEmbedding);
        register_module("transformer", Transformer);
        if (config.Instruction.Learned is { } learned)
            register_module("instruction_words", InstructionWords = new InstructionWords(learned, config.Network.ContextSize));
    }

    public PolicyConfig Config { get; }

    public ActionSpace ActionSpace { get; }

    /// <summary>The token sequence of a full window.</summary>
    internal SequenceLayout Layout => new(Config.Network.Window, Config.Network.TokenLearner.Tokens, ActionSpace.TokenCount);

    internal ImageTokenizer ImageTokenizer { get; }

    /// <summary>In the reference its output is multiplied by zero: it is part of the checkpoint, and of nothing else.</summary>
    internal Linear ActionTokenEmbedding { get; }

    internal CausalTransformer Transformer { get; }

    /// <summary>The word vectors that turn instructions into contexts; null where embeddings come from elsewhere.</summary>
    public InstructionWords? InstructionWords { get; }

    /// <summary>
    /// No step attends to another, as if the window were one step long; positions stay. Learning is faster without history, which is added later.
    /// </summary>
    public bool SeparateSteps { get => Transformer.SeparateSteps; set => Transformer.SeparateSteps = value; }

    /// <summary>Keeps images with channels innermost in memory in <see cref="WithAttention"/>; the result is the same, up to rounding.</summary>
    public bool ChannelsLast { get; set; }

    /// <summary>Rows and columns of the feature map that TokenLearner attends to.</summary>
    public int MapSize => BlockShape.MapSize(Config.Network.Backbone, Config.Image.Size);

    /// <summary>Parameters and statistics: every floating-point number of the checkpoint (RT-1: 35,339,430).</summary>
    public long FloatCount => state_dict().Values.Where(t => t.is_floating_point()).Sum(t => t.numel());

    /// <param name="images">Frames (B, T, H, W, 3) uint8 RGB, T at most the window.</param>
    /// <param name="context">Instruction embeddings (B, C), the same for all steps, or (B, T, C).</param>
    /// <returns>Logits (B, T, A, V).</returns>
    public override Tensor forward(Tensor images, Tensor context) => WithAttention(images, context).Logits;

    /// <summary>As <see cref="forward"/>, with what TokenLearner's maps are made of: <c>Attention</c> (B·T, map cells, K), before the softmax over the cells.</summary>
    /// <inheritdoc cref="forward"/>
    public (Tensor Logits, Tensor Attention) WithAttention(Tensor images, Tensor context)
    {
        var (b, t) = (images.shape[0], images.shape[1]);
        var contexts = context.dim() == 3 ? context : context.unsqueeze(1).expand(b, t, -1);
        var input = ImagePreprocessing.ToNetwork(images.flatten(0, 1), Config.Image.Size, ChannelsLast);
        var (tokens, attention) = ImageTokenizer.WithAttention(input, contexts.flatten(0, 1));
        return (Transformer.call(tokens.view(b, t, tokens.shape[1], tokens.shape[2])), attention);
    }

    /// <summary>Frames (N, H, W, 3) uint8 and embeddings (N, C) to image tokens (N, K, E).</summary>
    public Tensor TokenizeImages(Tensor images, Tensor context) =>
        ImageTokenizer.call(ImagePreprocessing.ToNetwork(images, Config.Image.Size), context);
}
