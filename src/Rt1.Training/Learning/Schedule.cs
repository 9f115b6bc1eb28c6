namespace Rt1.Training;

/// <summary>How far a run is, and the learning rate there.</summary>
/// <param name="learningRate">The highest one.</param>
public sealed class Schedule(ScheduleConfig config, double learningRate)
{
    /// <summary>How much of the run lies behind, in [0, 1]: by steps, or by the clock where that is ahead.</summary>
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="elapsed">Time in training, of this run and those that it resumes.</param>
    public double Progress(long step, TimeSpan elapsed)
    {
        var bySteps = config.Steps is { } steps ? (double)step / steps : 0;
        var byClock = config.MaxMinutes is { } minutes ? elapsed.TotalMinutes / minutes : 0;
        return Math.Min(1, Math.Max(bySteps, byClock));
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Optimizer steps done before it.</param>
    /// <param name="progress">As <see cref="Progress"/> gives it.</param>
    public double LearningRate(long step, double progress)
    {
        var warmUp = config.WarmUpSteps > 0 ? Math.Min(1, (step + 1.0) / config.WarmUpSteps) : 1;
        var decay = config.Decay == DecayKind.Cosine ? config.FinalShare + (1 - config.FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)) : 1;
        return learningRate * warmUp * decay;
    }
}
