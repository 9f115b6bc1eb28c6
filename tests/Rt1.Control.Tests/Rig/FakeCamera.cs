using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>Takes a frame every period, from time zero on; it arrives a while later.</summary>
internal sealed class FakeCamera(Rig rig) : IFrameSource
{
    private int _calls;

    public double RateHz { get; set; } = 30;

    /// <summary>From capture to arrival.</summary>
    public TimeSpan Transport { get; set; } = Rig.Ms(10);

    /// <summary>Frames captured at these times never arrive.</summary>
    public Func<TimeSpan, bool> IsLost { get; set; } = _ => false;

    /// <summary>What the robot measures at a time; by default the camera knows of no robot.</summary>
    public Func<TimeSpan, RobotState?> State { get; set; } = _ => null;

    /// <summary>Called with the number of the call, before it waits.</summary>
    public Action<int> OnNext { get; set; } = _ => { };

    /// <summary>The camera's last frame; then it is exhausted.</summary>
    public long LastFrame { get; set; } = 1_000_000;

    public bool IsExhausted { get; private set; }

    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default)
    {
        OnNext(_calls++);
        cancellation.ThrowIfCancellationRequested();
        if (Newest(rig.Now - Transport, notBefore) is { } arrived)
            return FrameAt(arrived);
        var next = (long)Math.Ceiling(notBefore.TotalSeconds * RateHz - 1e-6);
        while (next <= LastFrame && CapturedAt(next) + Transport <= rig.Now + timeout)
        {
            if (!IsLost(CapturedAt(next)))
            {
                rig.Time.Advance(CapturedAt(next) + Transport - rig.Now);
                return FrameAt(next);
            }
            next++;
        }
        IsExhausted = next > LastFrame;
        if (!IsExhausted)
            rig.Time.Advance(timeout);
        return null;
    }

    public void Dispose() { }

    private long? Newest(TimeSpan capturedBy, TimeSpan notBefore)
    {
        for (var n = Math.Min(LastFrame, (long)Math.Floor(capturedBy.TotalSeconds * RateHz + 1e-6)); n >= 0 && CapturedAt(n) >= notBefore; n--)
        {
            if (!IsLost(CapturedAt(n)))
                return n;
        }
        return null;
    }

    private TimeSpan CapturedAt(long n) => TimeSpan.FromSeconds(n / RateHz);

    private Frame FrameAt(long n) =>
        new() { Width = 1, Height = 1, Pixels = [0, 0, 0], CapturedAt = CapturedAt(n), Sequence = n, State = State(CapturedAt(n)) };
}
