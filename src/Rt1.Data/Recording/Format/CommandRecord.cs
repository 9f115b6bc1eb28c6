using Rt1.Core;

namespace Rt1.Data;

/// <summary>A command as it was sent.</summary>
internal sealed record CommandRecord
{
    public required ActionRecord Action { get; init; }

    public required long FrameSequence { get; init; }

    public required long StartAtUs { get; init; }

    public required long DurationUs { get; init; }

    public required long TimeToLiveUs { get; init; }

    public static CommandRecord From(RobotCommand command) => new()
    {
        Action = ActionRecord.From(command.Action),
        FrameSequence = command.FrameSequence,
        StartAtUs = EpisodeFormat.ToMicroseconds(command.StartAt),
        DurationUs = EpisodeFormat.ToMicroseconds(command.Duration),
        TimeToLiveUs = EpisodeFormat.ToMicroseconds(command.TimeToLive),
    };

    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    public RobotCommand ToCommand() => new()
    {
        Action = Action.ToAction(),
        FrameSequence = FrameSequence,
        StartAt = EpisodeFormat.FromMicroseconds(StartAtUs),
        Duration = EpisodeFormat.FromMicroseconds(DurationUs),
        TimeToLive = EpisodeFormat.FromMicroseconds(TimeToLiveUs),
    };
}
