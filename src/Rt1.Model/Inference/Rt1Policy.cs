using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Networks;

namespace Rt1.Model.Inference;

/// <summary>RT-1 as a policy: frames and an instruction to actions.</summary>
public sealed class Rt1Policy : IPolicy
{
    private readonly PolicyConfig _config;
    private readonly IInstructionEncoder? _encoder;
    private readonly PolicyRunner _runner;
    private readonly ActionDecoder _decoder;
    private bool _begun;

    /// <param name="network">The network; it belongs to the policy from here on.</param>
    /// <param name="encoder">Encodes instructions; without one the policy takes embeddings only.</param>
    public Rt1Policy(Rt1Network network, IInstructionEncoder? encoder)
    {
        _config = network.Config;
        _encoder = encoder;
        if (encoder is not null && encoder.Width != _config.Network.ContextSize)
            throw new Rt1Exception($"policy '{_config.Name}': takes embeddings of {_config.Network.ContextSize} numbers, but its instruction encoder makes {encoder.Width}.");
        ActionSpace = network.ActionSpace;
        _runner = new PolicyRunner(network);
        _decoder = new ActionDecoder(ActionSpace, _config.Decode);
    }

    public ActionSpace ActionSpace { get; }

    public string Description =>
        $"{_config.Name}, {_config.Provenance.Source}{(_config.Provenance.Seed is { } seed ? $", seed {seed}" : "")}{(_config.Decode.ValidModes ? ", mode among the valid ones" : "")}";

    public void Begin(string instruction)
    {
        if (_encoder is null)
            throw new Rt1Exception($"policy '{_config.Name}': has no instruction encoder; set instruction.bank in its policy.yaml.");
        Begin(_encoder.Encode(instruction));
    }

    /// <summary>Starts an episode from an embedding, for recordings that carry their own.</summary>
    /// <exception cref="ArgumentException">The embedding is not of the network's context size.</exception>
    public void Begin(ReadOnlySpan<float> embedding)
    {
        _runner.Begin(embedding);
        _begun = true;
    }

    public PolicyDecision Decide(Observation observation)
    {
        if (!_begun)
            throw new InvalidOperationException("Begin must be called before Decide.");
        var (image, expected) = (observation.Image, _config.Image);
        if ((image.Height, image.Width) != (expected.Height, expected.Width))
            throw new FrameShapeException($"policy '{_config.Name}'", expected.Height, expected.Width, image.Height, image.Width);
        var logits = _runner.Step(image.Pixels);
        var tokens = _decoder.Tokens(logits);
        return new PolicyDecision { Tokens = tokens, Action = ActionSpace.Detokenize(tokens), Logits = logits };
    }

    public void Dispose() => _runner.Dispose();
}
