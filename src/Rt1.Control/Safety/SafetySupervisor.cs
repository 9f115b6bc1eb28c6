using Rt1.Core;

namespace Rt1.Control;

/// <summary>
/// The last look at an action before it goes to the robot. Refuses what makes no sense (a value that is not finite, a mode outside
/// the three, a base motion for a robot that stands still) and shortens what is too large. The robot's side checks again by itself.
/// </summary>
/// <param name="robot">The robot that the actions are for.</param>
/// <param name="limits">The largest motions of one step; the robot's own when null.</param>
public sealed class SafetySupervisor(RobotDescription robot, ActionLimits? limits = null)
{
    private readonly ActionLimits _limits = limits ?? robot.Limits;

    /// <summary>
    /// What may be sent of the action: only the dimensions that its mode moves, within the limits. Never throws for a bad action.
    /// </summary>
    public SafetyVerdict Check(RobotAction action)
    {
        foreach (var (name, value) in action.Values())
        {
            if (!float.IsFinite(value))
                return SafetyVerdict.Refuse($"{name} must be finite, got {value}; the policy's weights or its input are broken.");
        }
        if (!Enum.IsDefined(action.Mode))
        {
            return SafetyVerdict.Refuse(
                $"{ActionFields.TerminateEpisode} must be 0 (terminate), 1 (arm) or 2 (base), got {(int)action.Mode}; " +
                "an untrained policy needs decode.valid_modes: true.");
        }
        if (action.Mode == ControlMode.Base && !robot.HasBase)
            return SafetyVerdict.Refuse($"the policy chose to move the base, but robot '{robot.Name}' has none that moves.");

        var effective = action.Effective();
        var clamped = _limits.Clamp(effective);
        return ReferenceEquals(clamped, effective)
            ? SafetyVerdict.Accept(effective)
            : SafetyVerdict.Clamp(clamped, "shortened to the limits of one step.");
    }
}
