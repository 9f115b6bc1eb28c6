using Rt1.Core;

namespace Rt1.Data;

/// <summary>One line of <see cref="EpisodeFormat.StepsFile"/>: all of a step but the image's pixels.</summary>
internal sealed record StepRecord
{
    public required int Index { get; init; }

    public required StepStatus Status { get; init; }

    public string? Reason { get; init; }

    /// <summary>Due times passed over before this step.</summary>
    public int Skipped { get; init; }

    public FrameRecord? Frame { get; init; }

    /// <summary>The robot's last known state when the step began.</summary>
    public StateRecord? State { get; init; }

    public int[]? Tokens { get; init; }

    /// <summary>What the policy decided.</summary>
    public ActionRecord? Action { get; init; }

    /// <summary>What was sent to the robot.</summary>
    public CommandRecord? Command { get; init; }

    /// <summary>The robot's answer.</summary>
    public ReplyStatus? Reply { get; init; }

    /// <summary>What the robot said it applies.</summary>
    public ActionRecord? Applied { get; init; }

    public required TimingRecord Timing { get; init; }

    public static StepRecord From(EpisodeStep step) => new()
    {
        Index = step.Index,
        Status = step.Status,
        Reason = step.Reason,
        Skipped = step.Skipped,
        Frame = step.Observation is { } seen ? FrameRecord.From(seen.Image, step.Index) : null,
        State = step.Observation?.State is { } state ? StateRecord.From(state) : null,
        Tokens = step.Decision is { } decision ? [.. decision.Tokens] : null,
        Action = step.Decision is { } decided ? ActionRecord.From(decided.Action) : null,
        Command = step.Command is { } command ? CommandRecord.From(command) : null,
        Reply = step.Reply,
        Applied = step.Applied is { } applied ? ActionRecord.From(applied) : null,
        Timing = TimingRecord.From(step.Timing),
    };

    /// <param name="image">The decoded image; null when the step has none.</param>
    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    public EpisodeStep ToStep(Frame? image) => new()
    {
        Index = Index,
        Status = Status,
        Reason = Reason,
        Skipped = Skipped,
        Observation = image is null ? null : new Observation { Image = image, State = State?.ToState() },
        Decision = Action is null ? null : new PolicyDecision { Tokens = Tokens ?? [], Action = Action.ToAction() },
        Command = Command?.ToCommand(),
        Reply = Reply,
        Applied = Applied?.ToAction(),
        Timing = Timing.ToTiming(),
    };
}
