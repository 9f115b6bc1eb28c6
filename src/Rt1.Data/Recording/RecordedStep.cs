using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>A step of a recorded episode; its image is read when it is asked for.</summary>
public sealed class RecordedStep
{
    private readonly string _folder;
    private readonly StepRecord _record;
    private readonly EpisodeStep _withoutImage;

    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    internal RecordedStep(string folder, StepRecord record)
    {
        (_folder, _record) = (folder, record);
        _withoutImage = record.ToStep(image: null);
        State = record.State?.ToState();
        if (record.Frame is { } frame && Path.GetFileName(frame.File) is var name && frame.File != $"{EpisodeFormat.FrameFolder}/{name}")
            throw new FormatException($"frame.file must lie in {EpisodeFormat.FrameFolder}/, got '{frame.File}'");
    }

    public int Index => _record.Index;

    public StepStatus Status => _record.Status;

    public string? Reason => _record.Reason;

    /// <summary>What the policy decided; null when nothing was.</summary>
    public PolicyDecision? Decision => _withoutImage.Decision;

    /// <summary>What was sent to the robot; null when nothing was.</summary>
    public RobotCommand? Command => _withoutImage.Command;

    /// <summary>The robot's answer; null when nothing was sent.</summary>
    public ReplyStatus? Reply => _record.Reply;

    /// <summary>The action that the robot said it applies; null when none was.</summary>
    public RobotAction? Applied => _withoutImage.Applied;

    /// <summary>The robot's state that the step began with; null where the robot told none.</summary>
    public RobotState? State { get; }

    public StepTiming Timing => _withoutImage.Timing;

    /// <summary>The JPEG file of the step's image; null when no fresh frame came.</summary>
    public string? FramePath => _record.Frame is { } frame ? Path.Combine(_folder, frame.File) : null;

    /// <summary>Reads and decodes the image; null when no fresh frame came.</summary>
    /// <exception cref="Rt1Exception">The image's file is missing, or does not decode.</exception>
    public Frame? ReadFrame()
    {
        if (_record.Frame is not { } frame)
            return null;
        var image = ImageCodec.Read(FramePath!, EpisodeFormat.FromMicroseconds(frame.CapturedAtUs), frame.Sequence);
        return image with { State = frame.State?.ToState() };
    }

    /// <summary>The step as it was recorded, image included; logits are not recorded.</summary>
    /// <exception cref="Rt1Exception">The image's file is missing, or does not decode.</exception>
    public EpisodeStep Read() => _record.ToStep(ReadFrame());
}
