using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>A robot in lockstep that takes ten frames a second of its own time and remembers when it was stopped.</summary>
internal sealed class FakeLockstepDriver : ILockstepDriver
{
    private static readonly TimeSpan FramePeriod = TimeSpan.FromMilliseconds(100);

    private readonly FakeDriver _driver = new();
    private TimeSpan? _newest;

    public event Action<Frame>? FrameCaptured;

    public LockstepClock Clock { get; } = new();

    public RobotDescription Description => _driver.Description;

    public RobotState State => _driver.State with { MeasuredAt = Clock.Now };

    public IReadOnlyList<FakeDriver.Motion> Motions => _driver.Motions;

    public List<(TimeSpan At, string Reason)> Stops { get; } = [];

    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration) => _driver.Move(action, startAt, duration);

    public void Stop(string reason) => Stops.Add((Clock.Now, reason));

    public bool Advance(TimeSpan notBefore, TimeSpan until)
    {
        if (!(_newest >= notBefore))
        {
            var due = Math.Ceiling(Math.Max(notBefore.Ticks, Clock.Now.Ticks) / (double)FramePeriod.Ticks) * FramePeriod;
            Clock.AdvanceTo(due < until ? due : until);
            if (Clock.Now < due)
                return false;
            _newest = due;
        }
        FrameCaptured?.Invoke(new Frame { Height = 4, Width = 6, Pixels = new byte[72], CapturedAt = _newest!.Value, Sequence = _newest.Value.Ticks / FramePeriod.Ticks });
        return true;
    }

    public void Dispose()
    {
    }
}
