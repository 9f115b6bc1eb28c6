using System.Numerics;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>A robot that only remembers what it was told.</summary>
internal sealed class FakeDriver : IRobotDriver
{
    private readonly Lock _gate = new();
    private readonly List<Motion> _motions = [];
    private readonly List<string> _stops = [];

    public event Action<Frame>? FrameCaptured;

    public RobotDescription Description { get; init; } = new()
    {
        Name = "fake",
        Embodiment = "edr",
        ImageHeight = 4,
        ImageWidth = 6,
        FrameRateHz = 30,
        Limits = new ActionLimits { MaxTranslation = 0.1f },
    };

    public RobotState State { get; set; } = new() { EndEffectorPosition = new Vector3(1, 2, 3), JointPositions = [0.5f, -0.5f] };

    /// <summary>Thrown by the next motions.</summary>
    public Exception? Fault { get; set; }

    public IReadOnlyList<Motion> Motions => Copy(_motions);

    public IReadOnlyList<string> Stops => Copy(_stops);

    public bool HasListeners => FrameCaptured is not null;

    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        if (Fault is not null)
            throw Fault;
        lock (_gate)
            _motions.Add(new Motion(action, startAt, duration));
    }

    public void Stop(string reason)
    {
        lock (_gate)
            _stops.Add(reason);
    }

    public void Capture(Frame frame) => FrameCaptured?.Invoke(frame);

    public void Dispose()
    {
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }

    public sealed record Motion(RobotAction Action, TimeSpan StartAt, TimeSpan Duration);
}
