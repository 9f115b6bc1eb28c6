using System.ComponentModel.DataAnnotations;

namespace Rt1.Control;

/// <summary>How the loop is timed and when it gives up: the <c>control</c> section of a runtime configuration.</summary>
public sealed record ControlOptions : IValidatableObject
{
    /// <summary>Control steps per second (RT-1: 3).</summary>
    [Range(0, 20, MinimumIsExclusive = true)]
    public double RateHz { get; init; } = 3;

    /// <summary>From a frame's capture to the start of the motion decided on it. The paper holds it at 280 ms.</summary>
    [Range(0, 2_000, MinimumIsExclusive = true)]
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From a command's receipt; without another one by then the robot stops by itself.</summary>
    [Range(1, 10_000)]
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an episode waits for its first frame. Later frames are awaited until the next one's turn.</summary>
    [Range(1, 600_000)]
    public TimeSpan FirstFrameTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Steps after which an episode ends; null for no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxSteps { get; init; }

    /// <summary>So many steps in a row without effect (stale frame, overrun, robot refuses or is silent) fail the episode.</summary>
    [Range(1, int.MaxValue)]
    public int MaxConsecutiveFaults { get; init; } = 5;

    /// <summary>From one step to the next; one command's motion is spread over it.</summary>
    public TimeSpan Period => TimeSpan.FromSeconds(1 / RateHz);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var motion = Latency + Period;
        if (TimeToLive < motion)
        {
            yield return new ValidationResult(
                $"needs time_to_live_ms of at least latency_ms plus one period, {Math.Ceiling(motion.TotalMilliseconds)}, " +
                $"or no motion would ever finish; got {TimeToLive.TotalMilliseconds}.");
        }
    }
}
