using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>
/// A network that learns: loss, gradients, exchange between workers, optimizer. What is random in a step follows from the seed, the step's number
/// and the worker, so a resumed run does what one that never stopped would. Not thread-safe.
/// </summary>
public sealed class Learner : IDisposable
{
    // What a random number is for.
    private const long Curriculum = 1;
    private const long Dropping = 2;

    private readonly TrainingConfig _config;
    private readonly IWorkerGroup _workers;
    private readonly IContexts _contexts;
    private readonly TokenLoss _tokenLoss;
    private readonly AttentionLoss _attentionLoss;
    private readonly QualityMeter _quality;
    private readonly TimeProvider _time;
    private readonly LossScale _scale;

    /// <param name="network">The network; it belongs to the learner from here on, is moved to the device and put into training mode.</param>
    /// <exception cref="Rt1Exception">The instruction bank is missing or does not fit, or there is no such device.</exception>
    public Learner(TrainingConfig config, Rt1Network network, IWorkerGroup? workers = null, TimeProvider? time = null)
    {
        (_config, _workers, _time) = (config, workers ?? new SingleWorker(), time ?? TimeProvider.System);
        Device = ComputeSetup.DeviceOf(config.Compute);
        Network = network;
        _contexts = Contexts.For(config, network);
        ComputeSetup.Prepare(network, config.Compute, Device);
        SetTraining();
        Weights = new FlatWeights(network);
        Optimizer = new Optimizer(config.Optimizer, Weights.Values, Weights.DecayedCount);
        Mean = config.Optimizer.EmaDecay is { } decay ? new WeightMean(decay, Weights) : null;
        _scale = new LossScale(config.Compute.Precision == Precision.Fp16);
        _tokenLoss = new TokenLoss(network.ActionSpace, config.Loss.LabelSigma, Device);
        _attentionLoss = new AttentionLoss(network.MapSize, config.Loss.AttentionSigma);
        _quality = new QualityMeter(network.ActionSpace, config.Policy.Decode);
    }

    public Rt1Network Network { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>Optimizer steps done, those before a resume included.</summary>
    public long Steps { get; internal set; }

    internal FlatWeights Weights { get; }

    internal Optimizer Optimizer { get; }

    /// <summary>The mean of the weights; null where none is kept.</summary>
    internal WeightMean? Mean { get; }

    internal LossScale Scale => _scale;

    /// <summary>One optimizer step.</summary>
    /// <param name="parts">This worker's share of the batch, in the configured number of parts.</param>
    /// <param name="progress">How much of the run lies behind, in [0, 1].</param>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="measure">Also measures the predictions.</param>
    /// <exception cref="NonFiniteLossException">The loss is not finite; weights and moments are as they were.</exception>
    /// <exception cref="Rt1Exception">An instruction of the data is not known.</exception>
    public StepResult Step(IReadOnlyList<WindowBatch> parts, double progress, double learningRate, bool measure = false)
    {
        using var scope = NewDisposeScope();
        var clock = new StepClock(_time);
        Network.SeparateSteps = SeparatesSteps(progress);
        var sums = new double[3];
        PredictionQuality? quality = null;
        foreach (var (index, part) in parts.Index())
            Accumulate(part, index, sums, clock, measure && index == parts.Count - 1, ref quality);
        var gradient = Exchange(sums, parts, clock);
        var result = Update(gradient, sums, learningRate);
        clock.Lap(StepPhase.Optimizer);
        return result with { Times = clock.Times, Quality = quality };
    }

    /// <summary>TokenLearner's attention logits for a batch, (B·T, cells, K), as at run time; in the caller's dispose scope.</summary>
    internal Tensor Attention(WindowBatch batch)
    {
        Network.eval();
        try
        {
            var tensors = BatchTensors.Of(batch, Network.ActionSpace, Device);
            return Network.WithAttention(tensors.Images, _contexts.Of(batch, Device)).Attention;
        }
        finally
        {
            SetTraining();
        }
    }

    /// <summary>Does something while the network has the mean of its weights, where one is kept.</summary>
    internal void WithMean(Action work)
    {
        if (Mean is null)
        {
            work();
            return;
        }
        Weights.Publish(Mean.Values, Mean.Statistics);
        try
        {
            work();
        }
        finally
        {
            Weights.Publish(Weights.Values, Weights.Statistics);
        }
    }

    public void Dispose()
    {
        _tokenLoss.Dispose();
        Mean?.Dispose();
        Optimizer.Dispose();
        Weights.Dispose();
        Network.Dispose();
    }

    private void SetTraining()
    {
        Network.train();
        if (!_config.FreezeBatchNorm)
            return;
        foreach (var norm in Network.modules().OfType<BatchNorm2d>())
            norm.eval();
    }

    /// <summary>Adds a part's gradients to the network's, and its loss terms (total, tokens, attention) to the sums.</summary>
    private void Accumulate(WindowBatch batch, int index, double[] sums, StepClock clock, bool measure, ref PredictionQuality? quality)
    {
        using var scope = NewDisposeScope();
        manual_seed((long)new SeededRandom(_config.Seed, Dropping, Steps, _workers.Rank, index).Next() & long.MaxValue);
        var tensors = BatchTensors.Of(batch, Network.ActionSpace, Device);
        clock.Lap(StepPhase.Prepare);

        var (tokenLoss, attentionLoss, logits) = Forward(batch, tensors);
        var steps = (double)_config.BatchSize * batch.Steps;
        var tokens = Network.Config.Network.TokenLearner.Tokens + Network.ActionSpace.TokenCount;
        var scale = _config.Loss.ReferenceScale ? 1 / (steps * steps * tokens) : 1 / steps;
        var loss = tokenLoss * scale;
        if (attentionLoss is not null)
            loss = loss + attentionLoss * (scale * _config.Loss.AttentionWeight);
        clock.Lap(StepPhase.Forward);

        sums[0] += loss.ToDouble();
        sums[1] += tokenLoss.ToDouble() / steps;
        sums[2] += (attentionLoss?.ToDouble() ?? 0) / steps;
        if (double.IsFinite(sums[0]))
            (loss * _scale.Factor).backward();
        clock.Lap(StepPhase.Backward);
        if (measure)
            quality = _quality.Of(logits, tensors.Tokens, batch);
    }

    private (Tensor Tokens, Tensor? Attention, Tensor Logits) Forward(WindowBatch batch, BatchTensors tensors)
    {
        Tensor logits, attention;
        using (ComputeSetup.Autocast(_config.Compute.Precision, Device))
            (logits, attention) = Network.WithAttention(tensors.Images, _contexts.Of(batch, Device));
        logits = logits.to(ScalarType.Float32);
        var tokens = (_tokenLoss.PerStep(logits, tensors.Tokens) * tensors.IsReal).sum();
        return (tokens, _config.Loss.AttentionWeight > 0 ? _attentionLoss.Sum(attention, batch.Keypoints) : null, logits);
    }

    /// <summary>The gradient over all workers' parts. The loss terms and running statistics travel with it.</summary>
    private Tensor Exchange(double[] sums, IReadOnlyList<WindowBatch> parts, StepClock clock)
    {
        var gradient = Weights.TakeGradients();
        Weights.ReadStatistics();
        clock.Lap(StepPhase.Optimizer);
        var own = sums[0];
        if (_workers.Size > 1)
        {
            using var scope = NewDisposeScope();
            var (n, s) = (gradient.numel(), Weights.Statistics.numel());
            var packed = cat([gradient, Weights.Statistics, tensor(sums, ScalarType.Float32, Device)]);
            _workers.AllReduceSum(packed);
            gradient.copy_(packed.narrow(0, 0, n));
            Weights.Statistics.copy_(packed.narrow(0, n, s)).div_(_workers.Size);
            Weights.PublishStatistics();
            packed.narrow(0, n + s, sums.Length).to(ScalarType.Float64).cpu().data<double>().CopyTo(sums.AsSpan());
        }
        clock.Lap(StepPhase.Exchange);
        if (!double.IsFinite(sums[0]))
            throw new NonFiniteLossException(Steps, sums[0], double.IsFinite(own) ? [] : [.. parts.SelectMany(p => p.Samples)]);
        return gradient;
    }

    private StepResult Update(Tensor gradient, double[] sums, double learningRate)
    {
        using var noGrad = no_grad();
        if (_scale.Factor != 1)
            gradient.mul_(1 / _scale.Factor);
        var (norm, zeroed) = (gradient.norm().ToDouble(), 0L);
        var updates = true;
        if (!double.IsFinite(norm))
        {
            zeroed = gradient.numel() - gradient.isfinite().sum().ToInt64();
            gradient.nan_to_num_(0, 0, 0);
            norm = gradient.norm().ToDouble();
            updates = !_scale.IsOn;
        }
        _scale.Adapt(updates);
        if (updates)
        {
            if (_config.Optimizer.ClipNorm is { } limit && norm > limit)
                gradient.mul_(limit / (norm + 1e-6));
            Optimizer.Step(Weights.Values, gradient, learningRate);
            Weights.Publish();
            Mean?.Add(Weights, Steps);
        }
        Steps++;
        return new StepResult
        {
            Loss = sums[0], TokenLoss = sums[1], AttentionLoss = sums[2], GradientNorm = norm, ZeroedGradients = zeroed, Updated = updates,
            Times = new StepTimes(0, 0, 0, 0, 0),
        };
    }

    private bool SeparatesSteps(double progress) =>
        progress < _config.History.SingleStepUntil
        || new SeededRandom(_config.Seed, Curriculum, Steps).NextDouble() < _config.History.SingleStepShare;
}
