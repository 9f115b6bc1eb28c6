using Rt1.Configuration;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>Reads a network's sizes off the tensor shapes of Google's checkpoint.</summary>
internal static class ReferenceSizes
{
    /// <summary>Above any axis of an RT-1; stops a forged index before its network is allocated.</summary>
    private const int MaxSize = 1 << 16;

    /// <summary>The network that a checkpoint holds. The backbone is always EfficientNet-B3; import checks its shapes one by one.</summary>
    /// <param name="bundle">The checkpoint's index.</param>
    /// <param name="actionTokens">Action tokens per step, which no shape tells.</param>
    /// <exception cref="CheckpointException">The checkpoint is no RT-1, or its sizes contradict each other.</exception>
    public static (NetworkConfig Network, int VocabularySize) Derive(TensorBundle bundle, int actionTokens)
    {
        var tokens = Shape(bundle, "_image_tokenizer/_token_learner/mlp/_output_layer/kernel", 2);
        var embedding = Shape(bundle, "_transformer/_token_emb/kernel", 2);
        var positions = Shape(bundle, "_transformer/_position_emb/kernel", 2)[0];
        var query = Shape(bundle, "_transformer/_layers/0/mha1/_query_dense/kernel", 3);
        var context = Shape(bundle, "_image_tokenizer/_tokenizer/film_layer/_projection_mult/kernel", 2)[0];
        var output = Shape(bundle, "_transformer/_output_tokens/kernel", 2);
        var layers = 0;
        while (bundle.Variables.ContainsKey($"{ReferenceLayout.Prefix}_transformer/_layers/{layers}/ff/kernel"))
            layers++;

        var tokensPerStep = tokens[1] + actionTokens;
        if (actionTokens < 1 || positions % tokensPerStep != 0)
        {
            throw new CheckpointException(bundle.IndexPath,
                $"its {positions} positions are not a whole number of steps of {tokens[1]} image tokens and {actionTokens} action tokens; name its action space.");
        }
        var network = new NetworkConfig
        {
            Window = positions / tokensPerStep,
            ContextSize = context,
            EmbeddingSize = embedding[0],
            TokenLearner = new TokenLearnerConfig { Tokens = tokens[1], HiddenSize = tokens[0] },
            Transformer = new TransformerConfig { Layers = layers, Width = embedding[1], Heads = query[1], KeySize = query[2] },
        };
        return (network, output[1]);
    }

    /// <summary>All float32 numbers of the network: parameters and statistics, without optimizer slots and counters.</summary>
    public static long CountFloats(TensorBundle bundle) => bundle.Variables
        .Where(v => v.Key.StartsWith(ReferenceLayout.Prefix, StringComparison.Ordinal) && !v.Key.Contains("/.OPTIMIZER_SLOT/") && v.Value.IsFloat)
        .Sum(v => v.Value.ElementCount);

    private static int[] Shape(TensorBundle bundle, string name, int rank)
    {
        if (bundle.Variables.ContainsKey("model_variables/1"))
        {
            throw new CheckpointException(bundle.IndexPath,
                "it is an exported policy, whose variables are numbered, not named; use the training checkpoint beside it (ckpt-*.index).");
        }
        if (!bundle.Variables.TryGetValue(ReferenceLayout.Prefix + name, out var variable))
            throw new CheckpointException(bundle.IndexPath, $"its layout is unknown: the variable '{ReferenceLayout.Prefix}{name}' of an RT-1 checkpoint is missing.");
        if (variable.Shape.Count != rank)
            throw new CheckpointException(bundle.IndexPath, $"its layout is unknown: '{name}' has {variable.Shape.Count} axes where RT-1 has {rank}.");
        if (variable.Shape.Any(size => size is < 1 or > MaxSize))
            throw new CheckpointException(bundle.IndexPath, $"its layout is unknown: '{name}' is of the impossible size [{string.Join(", ", variable.Shape)}].");
        return [.. variable.Shape.Select(size => (int)size)];
    }
}
