using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using TorchSharp;

namespace Rt1.Model.Inference;

/// <summary>RT-1 as a policy: frames and an instruction to actions.</summary>
public sealed class Rt1Policy : IAttentivePolicy
{
    private readonly PolicyConfig _config;
    private readonly IInstructionEncoder? _encoder;
    private readonly PolicyRunner _runner;
    private readonly ActionDecoder _decoder;

    /// <param name="network">The network; it belongs to the policy from here on.</param>
    /// <param name="encoder">Encodes instructions; without one the policy takes embeddings only.</param>
    /// <param name="device">Where it runs; null is the processor.</param>
    /// <exception cref="Rt1Exception">The encoder's embeddings are not of the network's context size.</exception>
    public Rt1Policy(Rt1Network network, IInstructionEncoder? encoder, torch.Device? device = null)
    {
        _config = network.Config;
        _encoder = encoder;
        if (encoder is not null && encoder.Width != _config.Network.ContextSize)
            throw new Rt1Exception($"policy '{_config.Name}': takes embeddings of {_config.Network.ContextSize} numbers, but its instruction encoder makes {encoder.Width}.");
        ActionSpace = network.ActionSpace;
        _runner = new PolicyRunner(network, device);
        _decoder = new ActionDecoder(ActionSpace, _config.Decode);
    }

    /// <summary>Loads a checkpoint folder with its instruction bank.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="overrides">Settings in place of those in its <c>policy.yaml</c>, as <c>KEY=VALUE</c>.</param>
    /// <param name="device">Where it runs; null is the processor.</param>
    /// <exception cref="CheckpointException">A file is missing, truncated or damaged, or does not fit the configuration.</exception>
    public static Rt1Policy Load(string folder, IEnumerable<string>? overrides = null, torch.Device? device = null)
    {
        var network = PolicyCheckpoint.Load(folder, overrides);
        return new Rt1Policy(network, EncoderFor(network), device);
    }

    /// <summary>A policy of the configured sizes with random weights, which says so in its description.</summary>
    /// <exception cref="CheckpointException">The configured instruction bank is missing or damaged.</exception>
    public static Rt1Policy CreateRandom(PolicyConfig config, int seed, torch.Device? device = null)
    {
        config = config with { Provenance = new ProvenanceConfig { Seed = seed } };
        var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed);
        return new Rt1Policy(network, EncoderFor(network), device);
    }

    public ActionSpace ActionSpace { get; }

    /// <summary>The size of the frames that the policy takes.</summary>
    public (int Height, int Width) FrameSize => (_config.Image.Height, _config.Image.Width);

    public bool GivesAttention
    {
        get => _runner.GivesAttention;
        set => _runner.GivesAttention = value;
    }

    public string Description =>
        $"{_config.Name}, {_config.Provenance.Source}{(_config.Provenance.Seed is { } seed ? $", seed {seed}" : "")}{(_config.Decode.ValidModes ? ", mode among the valid ones" : "")}";

    public void Begin(string instruction)
    {
        if (_encoder is null)
            throw new Rt1Exception($"policy '{_config.Name}': has no instruction encoder; set instruction.bank in its policy.yaml.");
        Begin(_encoder.Encode(instruction));
    }

    /// <summary>Starts an episode from an embedding, for recordings that carry their own.</summary>
    /// <exception cref="Rt1Exception">The embedding is not of the network's context size.</exception>
    public void Begin(ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != _config.Network.ContextSize)
            throw new Rt1Exception($"policy '{_config.Name}': takes embeddings of {_config.Network.ContextSize} numbers, got one of {embedding.Length}; use the encoder that it was trained with.");
        _runner.Begin(embedding);
    }

    public PolicyDecision Decide(Observation observation)
    {
        var (image, expected) = (observation.Image, _config.Image);
        if ((image.Height, image.Width) != (expected.Height, expected.Width))
            throw new FrameShapeException($"policy '{_config.Name}'", expected.Height, expected.Width, image.Height, image.Width);
        var logits = _runner.Step(image.Pixels);
        RequireFinite(logits);
        var tokens = _decoder.Tokens(logits);
        return new PolicyDecision { Tokens = tokens, Action = ActionSpace.Detokenize(tokens), Logits = logits, Attention = _runner.Attention };
    }

    public void Dispose() => _runner.Dispose();

    /// <summary>NaN has no largest element: without this, broken weights would decode to token 0, which says that the episode is over.</summary>
    private void RequireFinite(ReadOnlySpan<float> logits)
    {
        for (var i = 0; i < logits.Length; i++)
        {
            if (!float.IsFinite(logits[i]))
                throw new Rt1Exception($"policy '{_config.Name}': the logits of {ActionSpace.TokenNames[i / ActionSpace.VocabularySize]} must be finite, " +
                    $"got {logits[i]}; the weights or the instruction's embedding are broken.");
        }
    }

    private static IInstructionEncoder? EncoderFor(Rt1Network network) =>
        network.InstructionWords is { } words ? new LearnedInstructionEncoder(words, network.Config.Network.ContextSize)
        : network.Config.Instruction.Bank is { } bank ? BankInstructionEncoder.Load(bank)
        : null;
}
