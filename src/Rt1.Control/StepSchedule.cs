namespace Rt1.Control;

/// <summary>
/// When frames are due: t_k = t_0 + k / rate. Each is computed from the origin, so that no error adds up. A frame up to
/// <paramref name="tolerance"/> before its due time counts as in time: a camera runs on a clock of its own.
/// </summary>
internal struct StepSchedule(TimeSpan origin, double rateHz, TimeSpan tolerance)
{
    private long _step;

    public readonly TimeSpan Due => At(_step);

    /// <summary>From here on, frames belong to this step.</summary>
    public readonly TimeSpan Opens => At(_step) - tolerance;

    /// <summary>From here on, frames belong to the next step.</summary>
    public readonly TimeSpan Closes => At(_step + 1) - tolerance;

    /// <summary>Moves on to the next step whose due time is not past, and returns how many were passed over.</summary>
    public int Advance(TimeSpan now)
    {
        var next = _step + 1;
        _step = Math.Max(next, (long)Math.Ceiling((now - tolerance - origin).TotalSeconds * rateHz));
        return (int)(_step - next);
    }

    private readonly TimeSpan At(long step) => origin + TimeSpan.FromSeconds(step / rateHz);
}
