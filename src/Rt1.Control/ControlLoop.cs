using Rt1.Core;

namespace Rt1.Control;

/// <summary>
/// Drives a robot with a policy at a fixed rate: observe → decide → check → send → record. A step's clock is the capture time
/// of its frame: frames are due at t_0 + k · period, and the motion decided on one starts a fixed latency after its capture.
/// A decision that is ready early waits at the robot, a late one is discarded, and the loop goes on at the next due time without ever
/// catching up in a burst. The loop sleeps nowhere but in <see cref="IFrameSource.Next"/>. Not thread-safe.
/// </summary>
public sealed class ControlLoop(
    IRobot robot, IFrameSource frames, IPolicy policy, SafetySupervisor safety, IEpisodeRecorder recorder,
    ControlOptions options, TimeProvider time)
{
    private const string StoppedByOperator = "the operator stopped it.";

    private StepSchedule _schedule;
    private RobotState? _state;

    /// <summary>Raised on the loop's thread after each step was recorded, e.g. for a status line.</summary>
    public event Action<EpisodeStep>? StepTaken;

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>
    /// Runs one episode. However it ends, by return or by exception, the robot has been stopped and the recording closed.
    /// Faults of single steps are values (<see cref="StepStatus"/>); what throws here is broken for good.
    /// </summary>
    /// <param name="instruction">What the robot should do.</param>
    /// <param name="interruption">Asked before each step but the first; an end ends the episode, because another instruction waits.</param>
    /// <param name="cancellation">Stops the robot at once and ends the episode: what is being decided is no longer sent.</param>
    /// <exception cref="UnknownInstructionException">The policy does not know the instruction; nothing moved or was recorded.</exception>
    /// <exception cref="Rt1Exception">The robot, the camera, the policy or the recorder failed.</exception>
    public EpisodeEnd Run(string instruction, Func<EpisodeEnd?> interruption, CancellationToken cancellation = default)
    {
        // At once, from whatever thread cancels: a policy that is still deciding must not keep the robot moving.
        using var stopAtOnce = cancellation.Register(() => robot.Stop(StoppedByOperator));
        EpisodeEnd end;
        try
        {
            policy.Begin(instruction);
            recorder.Begin(Header(instruction));
            end = RunSteps(interruption, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            end = new(EpisodeOutcome.Interrupted, StoppedByOperator);
        }
        catch (Exception fault)
        {
            robot.Stop(fault.Message);
            EndRecording(new(EpisodeOutcome.Failed, fault.Message));
            throw;
        }
        robot.Stop(end.Reason ?? end.ToString());
        recorder.End(end);
        return end;
    }

    private EpisodeEnd RunSteps(Func<EpisodeEnd?> interruption, CancellationToken cancellation)
    {
        _state = robot.ReadState();
        var (skipped, faults) = (0, 0);
        for (var index = 0; index < (options.MaxSteps ?? int.MaxValue); index++)
        {
            var frame = Observe(index, cancellation);
            if (frame is null && frames.IsExhausted)
                return new(EpisodeOutcome.SourceEnded);
            if (index > 0 && interruption() is { } other)
                return other;
            var step = Step(index, frame, cancellation) with { Skipped = skipped };
            recorder.Record(step);
            StepTaken?.Invoke(step);

            if (step.Status == StepStatus.Terminated)
                return new(EpisodeOutcome.Terminated);
            faults = step.Status is StepStatus.Ok or StepStatus.Clamped ? 0 : faults + 1;
            if (EndsEpisode(step) || faults >= options.MaxConsecutiveFaults)
                return Failed(faults, step.Reason);
            skipped = _schedule.Advance(Now);
        }
        return new(EpisodeOutcome.StepLimit);
    }

    /// <summary>The step's frame; null when none came in time. The first one sets the schedule's origin.</summary>
    private Frame? Observe(int index, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (index > 0)
            return frames.Next(_schedule.Opens, _schedule.Closes - Now, cancellation);

        var first = frames.Next(Now, options.FirstFrameTimeout, cancellation);
        var tolerance = TimeSpan.FromSeconds(0.5 / Math.Max(options.RateHz, robot.Description.FrameRateHz));
        _schedule = new StepSchedule(first?.CapturedAt ?? Now, options.RateHz, tolerance);
        return first;
    }

    /// <summary>Decides, checks and sends.</summary>
    private EpisodeStep Step(int index, Frame? frame, CancellationToken cancellation)
    {
        var (due, began) = (_schedule.Due, Now);
        if (frame is null)
            return new() { Index = index, Status = StepStatus.StaleObservation, Reason = NoFrame(index), Timing = new() { Due = due } };

        var observation = new Observation { Image = frame, State = frame.State ?? _state };
        var decision = policy.Decide(observation);
        var verdict = safety.Check(policy.ActionSpace.Settle(decision.Action));
        var decided = Now;
        cancellation.ThrowIfCancellationRequested();

        var step = new EpisodeStep
        {
            Index = index,
            Status = StepStatus.Refused,
            Reason = verdict.Reason,
            Observation = observation,
            Decision = decision,
            Timing = new(due, began - frame.CapturedAt, decided - began, decided - frame.CapturedAt, RoundTrip: default),
        };
        if (verdict.Action is not { } action)
            return step;
        if (step.Timing.Latency > options.Latency && action.Mode != ControlMode.Terminate)
            return step with { Status = StepStatus.Overrun, Reason = TooLate(step.Timing.Latency) };

        var command = new RobotCommand
        {
            Action = action,
            FrameSequence = frame.Sequence,
            StartAt = frame.CapturedAt + options.Latency,
            Duration = options.Period,
            TimeToLive = options.TimeToLive,
        };
        var reply = robot.Send(command);
        _state = reply.State ?? _state;
        return step with
        {
            Status = StatusOf(action, verdict, reply),
            Reason = reply.Reason ?? (reply.Status == ReplyStatus.TimedOut ? "the robot did not answer." : verdict.Reason),
            Command = command,
            Reply = reply.Status,
            Applied = reply.Applied,
            Timing = step.Timing with { RoundTrip = reply.RoundTrip },
        };
    }

    private static StepStatus StatusOf(RobotAction action, SafetyVerdict verdict, CommandReply reply) => reply.Status switch
    {
        _ when action.Mode == ControlMode.Terminate => StepStatus.Terminated,
        ReplyStatus.Accepted => verdict.IsClamped ? StepStatus.Clamped : StepStatus.Ok,
        ReplyStatus.Clamped => StepStatus.Clamped,
        ReplyStatus.Refused => StepStatus.Refused,
        _ => StepStatus.ReplyTimeout,
    };

    /// <summary>True for what no later step can mend: an action that the supervisor refused, or a camera that never gave a frame.</summary>
    private static bool EndsEpisode(EpisodeStep step) => step switch
    {
        { Status: StepStatus.Refused } => step.Command is null,
        { Status: StepStatus.StaleObservation } => step.Index == 0,
        _ => false,
    };

    private static EpisodeEnd Failed(int faults, string? reason) =>
        new(EpisodeOutcome.Failed, faults == 1 ? reason : $"{faults} steps in a row had no effect; the last: {reason}");

    private string NoFrame(int index) => index == 0
        ? $"no camera frame came within {Ms(options.FirstFrameTimeout)} ms; check the camera and the link."
        : $"no camera frame came within {Ms(_schedule.Closes - _schedule.Due)} ms of its due time; check the camera and the link.";

    private string TooLate(TimeSpan latency) =>
        $"the decision came {Ms(latency)} ms after its frame's capture, later than control.latency_ms: {Ms(options.Latency)}; " +
        "raise that, or take a smaller model.";

    private static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds);

    private void EndRecording(EpisodeEnd end)
    {
        try
        {
            recorder.End(end);
        }
        catch (Exception)
        {
            // The fault that stopped the episode says more than the recorder's.
        }
    }

    private EpisodeHeader Header(string instruction) => new()
    {
        Instruction = instruction,
        Policy = policy.Description,
        Robot = robot.Description,
        RateHz = options.RateHz,
        Latency = options.Latency,
        StartedAt = time.GetUtcNow(),
    };
}
