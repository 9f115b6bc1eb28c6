namespace Rt1.Training;

/// <summary>The phases of an optimizer step.</summary>
internal enum StepPhase
{
    Prepare,
    Forward,
    Backward,
    Exchange,
    Optimizer,
}

/// <summary>Adds up the time between laps, phase by phase.</summary>
internal sealed class StepClock(TimeProvider time)
{
    private readonly double[] _seconds = new double[5];
    private long _last = time.GetTimestamp();

    public StepTimes Times => new(_seconds[0], _seconds[1], _seconds[2], _seconds[3], _seconds[4]);

    /// <summary>Adds the time since the last lap to a phase.</summary>
    public void Lap(StepPhase phase)
    {
        var now = time.GetTimestamp();
        _seconds[(int)phase] += time.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }
}
