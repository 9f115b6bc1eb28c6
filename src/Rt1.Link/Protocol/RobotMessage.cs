using Rt1.Core;

namespace Rt1.Link;

/// <summary>A robot's description as it stands in messages.</summary>
internal sealed record RobotMessage
{
    public required string Name { get; init; }

    public required string Embodiment { get; init; }

    public required int ImageHeight { get; init; }

    public required int ImageWidth { get; init; }

    public required double FrameRateHz { get; init; }

    public bool HasBase { get; init; } = true;

    public required LimitsMessage Limits { get; init; }

    public static RobotMessage From(RobotDescription robot) => new()
    {
        Name = robot.Name,
        Embodiment = robot.Embodiment,
        ImageHeight = robot.ImageHeight,
        ImageWidth = robot.ImageWidth,
        FrameRateHz = robot.FrameRateHz,
        HasBase = robot.HasBase,
        Limits = new LimitsMessage
        {
            MaxTranslation = robot.Limits.MaxTranslation,
            MaxRotation = robot.Limits.MaxRotation,
            MaxBaseTranslation = robot.Limits.MaxBaseTranslation,
            MaxBaseRotation = robot.Limits.MaxBaseRotation,
        },
    };

    public RobotDescription ToDescription() => new()
    {
        Name = Name,
        Embodiment = Embodiment,
        ImageHeight = ImageHeight,
        ImageWidth = ImageWidth,
        FrameRateHz = FrameRateHz,
        HasBase = HasBase,
        Limits = new ActionLimits
        {
            MaxTranslation = Limits.MaxTranslation,
            MaxRotation = Limits.MaxRotation,
            MaxBaseTranslation = Limits.MaxBaseTranslation,
            MaxBaseRotation = Limits.MaxBaseRotation,
        },
    };
}

/// <summary>The largest motions of one step: metres and radians.</summary>
internal sealed record LimitsMessage
{
    public required float MaxTranslation { get; init; }

    public required float MaxRotation { get; init; }

    public required float MaxBaseTranslation { get; init; }

    public required float MaxBaseRotation { get; init; }
}
