namespace Rt1.Core;

/// <summary>
/// A robot whose time stands still until somebody advances it: a simulator that waits for its runtime, and is faster than real time
/// where both can. Commands start, and their time to live counts, on <see cref="Clock"/>.
/// </summary>
public interface ILockstepDriver : IRobotDriver
{
    /// <summary>The robot's time; frames and states are stamped with it.</summary>
    LockstepClock Clock { get; }

    /// <summary>
    /// Advances to the first frame taken at or after <paramref name="notBefore"/> and raises it; a frame taken already is raised again.
    /// False, with time at <paramref name="until"/>, when none is due by then.
    /// </summary>
    bool Advance(TimeSpan notBefore, TimeSpan until);
}
