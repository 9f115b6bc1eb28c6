using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Turns a batch's instructions into the network's context.</summary>
internal interface IContexts
{
    /// <returns>(B, C), in the caller's dispose scope.</returns>
    /// <exception cref="Rt1Exception">An instruction of the data has no context.</exception>
    Tensor Of(WindowBatch batch, Device device);
}

/// <summary>Chooses the encoder that the configuration names.</summary>
internal static class Contexts
{
    /// <exception cref="Rt1Exception">The bank is missing, or its embeddings are of another size.</exception>
    public static IContexts For(TrainingConfig config, Rt1Network network)
    {
        if (network.InstructionWords is { } words)
            return new LearnedContexts(words);
        var bank = config.Policy.Instruction.Bank is { } file ? BankInstructionEncoder.Load(file) : null;
        if (bank is not null && bank.Width != config.Policy.Network.ContextSize)
            throw new Rt1Exception($"policy.instruction.bank: its embeddings have {bank.Width} numbers, the network takes {config.Policy.Network.ContextSize} (policy.network.context_size).");
        return new FixedContexts(bank, config.Policy.Network.ContextSize, config.Instruction.Encoder == InstructionEncoderKind.Embedded);
    }

    /// <summary>The policy's configuration with the words that a learned encoder shall know.</summary>
    /// <param name="instructions">All instructions of the training data.</param>
    public static PolicyConfig WithWords(TrainingConfig config, Func<IEnumerable<string>> instructions)
    {
        if (config.Instruction.Encoder != InstructionEncoderKind.Learned || config.Policy.Instruction.Learned is not null)
            return config.Policy;
        var words = InstructionClauses.Vocabulary(config.Instruction.Instructions ?? instructions());
        if (words.Count == 0)
            throw new Rt1Exception("instruction.encoder learned: the training data have no instructions; name instruction in the datasets, or list instruction.instructions.");
        return config.Policy with
        {
            Instruction = new InstructionConfig { Learned = new LearnedInstructionConfig { EmbeddingSize = config.Instruction.EmbeddingSize, Words = words } },
        };
    }
}

/// <summary>Word vectors that are trained along.</summary>
internal sealed class LearnedContexts(InstructionWords words) : IContexts
{
    public Tensor Of(WindowBatch batch, Device device)
    {
        var width = words.Words.Count;
        var counts = new float[batch.Size * width];
        for (var i = 0; i < batch.Size; i++)
            words.Count(batch.Instructions[i], counts.AsSpan(i * width, width));
        return words.call(tensor(counts, [batch.Size, width]).to(device));
    }
}

/// <summary>Embeddings that stay as they are: the datasets' own, or those of a bank.</summary>
/// <param name="preferData">The datasets' own come first.</param>
internal sealed class FixedContexts(BankInstructionEncoder? bank, int width, bool preferData) : IContexts
{
    public Tensor Of(WindowBatch batch, Device device)
    {
        var values = new float[batch.Size * width];
        for (var i = 0; i < batch.Size; i++)
            Embedding(batch, i).CopyTo(values, i * width);
        return tensor(values, [batch.Size, width]).to(device);
    }

    private float[] Embedding(WindowBatch batch, int sample)
    {
        var own = batch.Embeddings[sample];
        var embedding = preferData && own is not null ? own : bank?.Encode(batch.Instructions[sample]);
        if (embedding is null)
            throw new Rt1Exception($"{batch.Samples[sample]}: the dataset has no embedding of '{batch.Instructions[sample]}', and there is no policy.instruction.bank; name one, or set instruction.encoder=learned.");
        if (embedding.Length != width)
            throw new Rt1Exception($"{batch.Samples[sample]}: its instruction's embedding has {embedding.Length} numbers, the network takes {width} (policy.network.context_size).");
        return embedding;
    }
}
