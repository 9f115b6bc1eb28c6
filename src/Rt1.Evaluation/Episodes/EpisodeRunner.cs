using Rt1.Control;
using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>
/// Runs episodes in this process, one at a time: the control loop of real operation on a lab in lockstep. Rendering must not come second
/// after libtorch in a process, so the policy is asked for only once a trial stands.
/// </summary>
/// <param name="options">Image size and timing.</param>
/// <param name="policyOf">The policy for a trial; it stays its owner's.</param>
public sealed class EpisodeRunner(EpisodeOptions options, Func<Trial, IPolicy> policyOf)
{
    /// <summary>Runs an episode, judges it, and writes its video where the job asks for one.</summary>
    /// <exception cref="Rt1Exception">The situation cannot be built, or the video not written. What goes wrong in the episode itself is a verdict.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EpisodeResult Run(EpisodeJob job, CancellationToken cancellation = default)
    {
        if (job.Video is not { } video)
            return Run(job, new NoRecorder(), showAttention: false, cancellation);
        using var memory = new EpisodeMemory();
        var result = Run(job, memory, showAttention: true, cancellation);
        OutcomeVideo.Write(video, memory, result);
        return result;
    }

    private EpisodeResult Run(EpisodeJob job, IEpisodeRecorder recorder, bool showAttention, CancellationToken cancellation)
    {
        var statistics = new RunStatistics();
        var (verdict, reason) = Judge(job.Situation, statistics, recorder, showAttention, cancellation);
        var summary = statistics.Summarize();
        return new EpisodeResult
        {
            Suite = job.Suite,
            Index = job.Index,
            Verdict = verdict,
            Reason = reason,
            Steps = summary.Steps,
            ClampedSteps = summary.Clamped,
            Situation = job.Situation,
        };
    }

    private (Verdict Verdict, string? Reason) Judge(
        Situation situation, RunStatistics statistics, IEpisodeRecorder recorder, bool showAttention, CancellationToken cancellation)
    {
        try
        {
            using var trial = new Trial(situation, options.ImageHeight, options.ImageWidth);
            using var robot = new LockstepLab(trial.Lab, options.RateHz);
            var policy = policyOf(trial);
            if (policy is IAttentivePolicy attentive)
                attentive.GivesAttention = showAttention;
            var loop = new ControlLoop(robot, robot, policy, new SafetySupervisor(robot.Description), recorder,
                options.ToControl(trial.StepLimit), robot.Clock);
            loop.StepTaken += statistics.Add;
            var end = RunLoop(loop, trial.Task.Instruction, cancellation);
            // What was let go last comes to rest before it is judged.
            trial.Lab.AdvanceTo(trial.Lab.Time + Trial.Period);
            return Judge(end, trial);
        }
        catch (SimulationDivergedException diverged)
        {
            return (Verdict.Diverged, diverged.Message);
        }
    }

    /// <summary>A policy that breaks fails its episode, not the evaluation.</summary>
    private static EpisodeEnd RunLoop(ControlLoop loop, string instruction, CancellationToken cancellation)
    {
        try
        {
            return loop.Run(instruction, () => null, cancellation);
        }
        catch (Rt1Exception fault) when (fault is not SimulationDivergedException)
        {
            return new EpisodeEnd(EpisodeOutcome.Failed, fault.Message);
        }
    }

    private static (Verdict, string?) Judge(EpisodeEnd end, Trial trial) => end.Outcome switch
    {
        EpisodeOutcome.Terminated => (trial.Succeeded ? Verdict.Success : Verdict.NotAsAsked, null),
        EpisodeOutcome.StepLimit => (trial.Succeeded ? Verdict.NotEnded : Verdict.Neither, null),
        EpisodeOutcome.Interrupted => throw new OperationCanceledException(),
        _ => (Verdict.Fault, end.Reason),
    };
}
