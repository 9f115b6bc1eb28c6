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
    private readonly TimeProvider _time;
    private readonly BatchLoss _loss;
    private readonly QualityMeter _quality;
    private readonly WeightUpdate _update;

    /// <param name="network">The network; it belongs to the learner from here on, is moved to the device and put into training mode.</param>
    /// <exception cref="Rt1Exception">The instruction bank is missing or does not fit, or there is no such device.</exception>
    public Learner(TrainingConfig config, Rt1Network network, IWorkerGroup? workers = null, TimeProvider? time = null)
    {
        (_config, _workers, _time) = (config, workers ?? new SingleWorker(), time ?? TimeProvider.System);
        (Network, Device) = (network, ComputeSetup.DeviceOf(config.Compute));
        _loss = new BatchLoss(config, network, Device);
        ComputeSetup.Prepare(network, config.Compute, Device);
        SetTraining();
        Weights = new FlatWeights(network);
        _update = new WeightUpdate(config, Weights);
        _quality = new QualityMeter(network.ActionSpace, config.Policy.Decode);
    }

    public Rt1Network Network { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>Optimizer steps done, those before a resume included.</summary>
    public long Steps { get; internal set; }

    internal FlatWeights Weights { get; }

    internal Optimizer Optimizer => _update.Optimizer;

    /// <summary>The mean of the weights; null where none is kept.</summary>
    internal WeightMean? Mean => _update.Mean;

    internal LossScale Scale => _update.Scale;

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
            quality = Accumulate(part, index, sums, clock, measure && index == parts.Count - 1);
        var gradient = Exchange(sums, parts, clock);
        var (norm, zeroed, updated) = _update.Step(gradient, Steps++, learningRate);
        clock.Lap(StepPhase.Optimizer);
        return new StepResult
        {
            Loss = sums[0], TokenLoss = sums[1], AttentionLoss = sums[2], GradientNorm = norm, ZeroedGradients = zeroed, Updated = updated,
            Times = clock.Times, Quality = quality,
        };
    }

    /// <summary>TokenLearner's attention logits for a batch, (B·T, cells, K), as at run time; in the caller's dispose scope.</summary>
    internal Tensor Attention(WindowBatch batch)
    {
        Network.eval();
        try
        {
            return _loss.Forward(batch, BatchTensors.Of(batch, Network.ActionSpace, Device)).Attention;
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
        _loss.Dispose();
        _update.Dispose();
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
    private PredictionQuality? Accumulate(WindowBatch batch, int index, double[] sums, StepClock clock, bool measure)
    {
        using var scope = NewDisposeScope();
        manual_seed((long)new SeededRandom(_config.Seed, Dropping, Steps, _workers.Rank, index).Next() & long.MaxValue);
        var tensors = BatchTensors.Of(batch, Network.ActionSpace, Device);
        clock.Lap(StepPhase.Prepare);

        var terms = _loss.Of(batch, tensors);
        sums[0] += terms.Total.item<float>();
        sums[1] += terms.Tokens;
        sums[2] += terms.Attention;
        clock.Lap(StepPhase.Forward);

        if (double.IsFinite(sums[0]))
            (terms.Total * Scale.Factor).backward();
        clock.Lap(StepPhase.Backward);
        return measure ? _quality.Of(terms.Logits, tensors.Tokens, batch) : null;
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

    private bool SeparatesSteps(double progress) =>
        progress < _config.History.SingleStepUntil
        || new SeededRandom(_config.Seed, Curriculum, Steps).NextDouble() < _config.History.SingleStepShare;
}
