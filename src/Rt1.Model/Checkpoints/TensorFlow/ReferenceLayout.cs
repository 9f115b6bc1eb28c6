using Rt1.Configuration;
using Rt1.Model.Networks;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>
/// The names that google-research/robotics_transformer gives its variables. Keras numbers the convolutional network's layers in the order
/// of their construction: normalisation, stem, then per block expansion, depthwise, squeeze-and-excitation, projection and FiLM, then the top.
/// </summary>
internal static class ReferenceLayout
{
    /// <summary>Where the policy network lies in a training checkpoint.</summary>
    public const string Prefix = "agent/_actor_network/";

    private const string Tokenizer = "_image_tokenizer/_tokenizer";
    private const string Learner = "_image_tokenizer/_token_learner";

    /// <summary>Every variable of a network, in no particular order.</summary>
    public static IEnumerable<VariableLayout> Of(NetworkConfig config) =>
        [.. Backbone(config.Backbone), .. Heads(), .. Transformer(config.Transformer.Layers)];

    private static IEnumerable<VariableLayout> Backbone(BackboneConfig config)
    {
        const string ours = "image_tokenizer.backbone";
        var index = 1;
        yield return new($"{Tokenizer}/net/layer_with_weights-0/mean", "image_tokenizer.mean", AxisOrder.Same);
        yield return new($"{Tokenizer}/net/layer_with_weights-0/variance", "image_tokenizer.variance", AxisOrder.Same);
        foreach (var variable in ConvNorm($"{ours}.stem"))
            yield return variable;
        foreach (var (block, i) in BlockShape.Resolve(config).Select((block, i) => (block, i)))
        {
            var name = $"{ours}.blocks.{i}";
            VariableLayout[] variables =
            [
                .. block.Expanded != block.Input ? ConvNorm($"{name}.expand") : [],
                .. ConvNorm($"{name}.depthwise", depthwise: true),
                .. Dense(Next(), $"{name}.squeeze.reduce", AxisOrder.Convolution),
                .. Dense(Next(), $"{name}.squeeze.expand", AxisOrder.Convolution),
                .. ConvNorm($"{name}.project"),
                .. Film(Next(), $"{name}.film"),
            ];
            foreach (var variable in variables)
                yield return variable;
        }
        foreach (var variable in ConvNorm($"{ours}.top"))
            yield return variable;

        string Next() => $"{Tokenizer}/net/layer_with_weights-{index++}";

        VariableLayout[] ConvNorm(string parameter, bool depthwise = false)
        {
            var convolution = Next();
            var norm = Next();
            return
            [
                depthwise
                    ? new($"{convolution}/depthwise_kernel", $"{parameter}.conv.weight", AxisOrder.Depthwise)
                    : new($"{convolution}/kernel", $"{parameter}.conv.weight", AxisOrder.Convolution),
                new($"{norm}/gamma", $"{parameter}.norm.weight", AxisOrder.Same),
                new($"{norm}/beta", $"{parameter}.norm.bias", AxisOrder.Same),
                new($"{norm}/moving_mean", $"{parameter}.norm.running_mean", AxisOrder.Same),
                new($"{norm}/moving_variance", $"{parameter}.norm.running_var", AxisOrder.Same),
            ];
        }
    }

    private static IEnumerable<VariableLayout> Heads() =>
    [
        new($"{Tokenizer}/conv1x1/kernel", "image_tokenizer.head.weight", AxisOrder.Convolution),
        .. Film($"{Tokenizer}/film_layer", "image_tokenizer.head_film"),
        .. Norm($"{Learner}/layernorm", "image_tokenizer.token_learner.norm"),
        .. Dense($"{Learner}/mlp/_hidden_layer", "image_tokenizer.token_learner.hidden"),
        .. Dense($"{Learner}/mlp/_output_layer", "image_tokenizer.token_learner.output"),
        .. Dense("_action_token_emb", "action_token_embedding"),
        .. Dense("_transformer/_token_emb", "transformer.token_embedding"),
        .. Dense("_transformer/_position_emb", "transformer.position_embedding"),
        .. Dense("_transformer/_output_tokens", "transformer.output"),
    ];

    private static IEnumerable<VariableLayout> Transformer(int layers) => Enumerable.Range(0, layers).SelectMany(i =>
    {
        var (theirs, ours) = ($"_transformer/_layers/{i}", $"transformer.layers.{i}");
        return (VariableLayout[])
        [
            .. Norm($"{theirs}/layernorm1", $"{ours}.norm1"),
            .. Dense($"{theirs}/mha1/_query_dense", $"{ours}.attention.query"),
            .. Dense($"{theirs}/mha1/_key_dense", $"{ours}.attention.key"),
            .. Dense($"{theirs}/mha1/_value_dense", $"{ours}.attention.value"),
            .. Dense($"{theirs}/mha1/_output_dense", $"{ours}.attention.output"),
            .. Norm($"{theirs}/layernorm2", $"{ours}.norm2"),
            .. Dense($"{theirs}/ff", $"{ours}.feed_forward"),
        ];
    });

    private static VariableLayout[] Dense(string theirs, string ours, AxisOrder axes = AxisOrder.Dense) =>
        [new($"{theirs}/kernel", $"{ours}.weight", axes), new($"{theirs}/bias", $"{ours}.bias", AxisOrder.Same)];

    private static VariableLayout[] Norm(string theirs, string ours) =>
        [new($"{theirs}/gamma", $"{ours}.weight", AxisOrder.Same), new($"{theirs}/beta", $"{ours}.bias", AxisOrder.Same)];

    private static VariableLayout[] Film(string theirs, string ours) =>
        [.. Dense($"{theirs}/_projection_mult", $"{ours}.mult"), .. Dense($"{theirs}/_projection_add", $"{ours}.add")];
}
