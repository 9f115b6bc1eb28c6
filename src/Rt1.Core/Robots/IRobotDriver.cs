namespace Rt1.Core;

/// <summary>
/// A robot as its own side of the link sees it: the hardware or the simulator. The link's server owns safety (time to live, lease,
/// limits, emergency stop) and calls in from one thread of its own; <see cref="FrameCaptured"/> may be raised from any thread.
/// </summary>
public interface IRobotDriver : IDisposable
{
    RobotDescription Description { get; }

    /// <summary>The newest measured state; may be read from any thread.</summary>
    RobotState State { get; }

    /// <summary>
    /// Starts the action's motion at <paramref name="startAt"/> (this process's monotonic clock) and spreads it over
    /// <paramref name="duration"/>. Returns at once; a motion still under way is replaced when the new one starts.
    /// </summary>
    void Move(RobotAction action, TimeSpan startAt, TimeSpan duration);

    /// <summary>Ends all motion now, drops a motion not yet started, and holds still.</summary>
    void Stop(string reason);

    /// <summary>A camera frame, stamped with its capture time on this process's monotonic clock.</summary>
    event Action<Frame>? FrameCaptured;
}
