using Rt1.Data;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>A batch's share of the loss over the global batch.</summary>
/// <param name="Total">What is learned from, one number.</param>
/// <param name="Tokens">The action tokens' cross-entropy, nats.</param>
/// <param name="Attention">The attention maps' cross-entropy before its weight, nats.</param>
/// <param name="Logits">(B, T, A, V), float32.</param>
internal sealed record LossTerms(Tensor Total, double Tokens, double Attention, Tensor Logits);

/// <summary>
/// The loss of a batch. It is normalised by the global batch, padding included, so that the shares of all workers and parts add up to what one
/// worker's whole batch would give.
/// </summary>
internal sealed class BatchLoss : IDisposable
{
    private readonly TrainingConfig _config;
    private readonly Rt1Network _network;
    private readonly IContexts _contexts;
    private readonly Device _device;
    private readonly TokenLoss _tokens;
    private readonly AttentionLoss _attention;

    public BatchLoss(TrainingConfig config, Rt1Network network, Device device)
    {
        (_config, _network, _device) = (config, network, device);
        _contexts = Contexts.For(config, network);
        _tokens = new TokenLoss(network.ActionSpace, config.Loss.LabelSigma, device);
        _attention = new AttentionLoss(network.MapSize, config.Loss.AttentionSigma);
    }

    /// <summary>The loss, recorded for the backward pass.</summary>
    public LossTerms Of(WindowBatch batch, BatchTensors tensors)
    {
        var (logits, attention) = Forward(batch, tensors);
        var steps = (double)_config.BatchSize * batch.Steps;
        var tokensPerStep = _network.Config.Network.TokenLearner.Tokens + _network.ActionSpace.TokenCount;
        var scale = _config.Loss.ReferenceScale ? 1 / (steps * steps * tokensPerStep) : 1 / steps;
        var tokens = (_tokens.PerStep(logits, tensors.Tokens) * tensors.IsReal).sum();
        var places = _config.Loss.AttentionWeight > 0 ? _attention.Sum(attention, batch.Keypoints) : null;
        var total = places is null ? tokens * scale : tokens * scale + places * (scale * _config.Loss.AttentionWeight);
        return new LossTerms(total, tokens.item<float>() / steps, (places?.item<float>() ?? 0) / steps, logits);
    }

    /// <summary>Logits (B, T, A, V) in float32, and TokenLearner's attention logits (B·T, cells, K).</summary>
    public (Tensor Logits, Tensor Attention) Forward(WindowBatch batch, BatchTensors tensors)
    {
        using var autocast = ComputeSetup.Autocast(_config.Compute.Precision, _device);
        var (logits, attention) = _network.WithAttention(tensors.Images, _contexts.Of(batch, _device));
        return (logits.to(ScalarType.Float32), attention);
    }

    public void Dispose() => _tokens.Dispose();
}
