namespace Rt1.Training;

/// <summary>What a run is given by its surroundings.</summary>
public sealed record TrainingServices
{
    public IWorkerGroup Workers { get; init; } = new SingleWorker();

    /// <summary>Opens what takes the metrics, given the step that the run goes on from; of worker 0 alone. The opener disposes it.</summary>
    public Func<long, IMetricSink>? OpenMetrics { get; init; }

    /// <summary>Evaluates the policy while it is trained; of worker 0 alone.</summary>
    public IPolicyEvaluation? Evaluation { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called after every step with the steps done.</summary>
    public Action<long>? AfterStep { get; init; }

    /// <summary>Takes lines for the user.</summary>
    public Action<string> Say { get; init; } = _ => { };
}

/// <summary>Evaluates a policy in the middle of its training.</summary>
public interface IPolicyEvaluation
{
    /// <param name="checkpoint">A checkpoint folder with the policy as it is now.</param>
    /// <param name="step">Optimizer steps done.</param>
    /// <returns>Metrics by name; <see cref="MetricNames.Success"/> decides which checkpoint is the best.</returns>
    IReadOnlyDictionary<string, double> Evaluate(string checkpoint, long step, CancellationToken cancellation);
}
