using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Simulation;

/// <summary>One step of a demonstration.</summary>
/// <param name="Jpeg">What the camera saw.</param>
/// <param name="Action">What the expert decided on it; what the robot did may have been disturbed.</param>
/// <param name="Succeeded">The world was as the instruction asks when the picture was taken.</param>
public sealed record DemonstrationStep(ReadOnlyMemory<byte> Jpeg, RobotState State, RobotAction Action, GroundTruth Truth, bool Succeeded);

/// <summary>How a demonstration ended.</summary>
public enum DemonstrationOutcome
{
    /// <summary>The expert ended it, and the world is as asked.</summary>
    Succeeded,

    /// <summary>The world is not as asked, or the step limit was reached.</summary>
    Failed,

    /// <summary>The physics blew up.</summary>
    Diverged,
}

/// <summary>Lets an expert do a trial, in the timing of every control step: picture, latency, motion over one period.</summary>
public static class Demonstration
{
    /// <summary>Frames at the end on which the expert says that it is done.</summary>
    public const int TerminateFrames = 2;

    /// <param name="trial">At its start.</param>
    /// <param name="noise">Disturbs what the robot does; null for none.</param>
    /// <returns>The steps; worth keeping only when the outcome is a success.</returns>
    public static (DemonstrationOutcome Outcome, IReadOnlyList<DemonstrationStep> Steps) Run(
        Trial trial, ActionNoise? noise, GenerationConfig config, CancellationToken cancellation = default)
    {
        var steps = new List<DemonstrationStep>();
        try
        {
            var ended = 0;
            for (var start = trial.Lab.Time; ended < TerminateFrames && steps.Count < trial.StepLimit + TerminateFrames;)
            {
                cancellation.ThrowIfCancellationRequested();
                var step = Observe(trial, ended > 0 ? RobotAction.Terminate : trial.ExpertAction(), config.JpegQuality);
                steps.Add(step);
                if (step.Action.Mode == ControlMode.Terminate)
                    ended++;
                else
                    trial.Lab.Robot.Move(noise?.Apply(step.Action) ?? step.Action, trial.Lab.Time + config.Latency, config.Period);
                trial.Lab.AdvanceTo(start + TimeSpan.FromSeconds(steps.Count / config.RateHz));
            }
            return (ended == TerminateFrames && trial.Succeeded ? DemonstrationOutcome.Succeeded : DemonstrationOutcome.Failed, steps);
        }
        catch (SimulationDivergedException)
        {
            return (DemonstrationOutcome.Diverged, steps);
        }
    }

    private static DemonstrationStep Observe(Trial trial, RobotAction action, int jpegQuality)
    {
        var frame = trial.Lab.Capture();
        return new DemonstrationStep(
            ImageCodec.EncodeJpeg(frame, jpegQuality), trial.Lab.Robot.Measure(frame.CapturedAt), action, trial.Truth(), trial.Succeeded);
    }
}
