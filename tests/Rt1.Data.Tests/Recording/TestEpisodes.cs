using System.Numerics;
using Rt1.Core;

namespace Rt1.Data.Tests;

/// <summary>Episodes with known content. Times are whole microseconds, as recordings keep them.</summary>
internal static class TestEpisodes
{
    public static readonly EpisodeHeader Header = new()
    {
        Instruction = "Pick up the red can!",
        Policy = "rt1-mini, random weights, seed 1",
        Robot = new RobotDescription
        {
            Name = "sim-1",
            Embodiment = "edr",
            ImageHeight = 48,
            ImageWidth = 64,
            FrameRateHz = 10,
            Limits = new ActionLimits { MaxTranslation = 0.2f },
        },
        RateHz = 3,
        Latency = TimeSpan.FromMilliseconds(100),
        StartedAt = new DateTimeOffset(2024, 5, 17, 8, 30, 1, TimeSpan.Zero),
    };

    public static Frame Image(int index)
    {
        var pixels = new byte[48 * 64 * 3];
        for (var i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)(index * 20 % 256), 100, 60);
        return new Frame { Height = 48, Width = 64, Pixels = pixels, CapturedAt = TimeSpan.FromMicroseconds(1_000_000 * index + 7), Sequence = 40 + index };
    }

    public static EpisodeStep Step(int index) => new()
    {
        Index = index,
        Status = index % 2 == 0 ? StepStatus.Ok : StepStatus.Clamped,
        Reason = index % 2 == 0 ? null : "translation shortened to 0.2 m",
        Skipped = index,
        Observation = new Observation
        {
            Image = Image(index) with { State = State },
            State = State with { IsMoving = false },
        },
        Decision = new PolicyDecision { Tokens = [1, 130, 127, 128, 0, 255, 9, 10, 11, 12, 13], Action = Action(index) },
        Command = new RobotCommand
        {
            Action = Action(index).Effective(),
            FrameSequence = 40 + index,
            StartAt = Micro(1_100_007),
            Duration = Micro(333_333),
            TimeToLive = Micro(500_000),
        },
        Reply = ReplyStatus.Clamped,
        Applied = Action(index) with { WorldVector = new Vector3(0.01f, 0.02f, 0.03f) },
        Timing = new StepTiming(Micro(1), Micro(2_000_000), Micro(74_321), Micro(99_999), Micro(850)),
    };

    private static RobotState State => new()
    {
        MeasuredAt = TimeSpan.FromMicroseconds(999_999),
        EndEffectorPosition = new Vector3(0.3f, -0.1f, 0.123456789f),
        EndEffectorOrientation = new Quaternion(0.5f, -0.5f, 0.5f, 0.5f),
        GripperClosedness = 0.25f,
        BasePose = new Vector3(1, 2, 3),
        JointPositions = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f],
        IsMoving = true,
    };

    public static RobotAction Action(int index) => new()
    {
        Mode = index % 3 == 2 ? ControlMode.Base : ControlMode.Arm,
        WorldVector = new Vector3(0.1f * index, -0.3f, 1f / 3),
        RotationDelta = new Vector3(0.01f, -0.02f, MathF.PI / 2),
        GripperClosednessAction = -1,
        BaseDisplacementVerticalRotation = 0.4f,
        BaseDisplacementVector = new Vector2(0.5f, -0.6f),
    };

    /// <summary>Records an episode of so many steps and gives its folder.</summary>
    public static string Record(string root, int steps, EpisodeEnd? end = null, string? config = null)
    {
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = root }, TimeProvider.System, config);
        recorder.Begin(Header);
        for (var i = 0; i < steps; i++)
            recorder.Record(Step(i));
        if (end is not null)
            recorder.End(end);
        return recorder.EpisodeFolder!;
    }

    private static TimeSpan Micro(long microseconds) => TimeSpan.FromMicroseconds(microseconds);
}
