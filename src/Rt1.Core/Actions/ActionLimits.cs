using System.Numerics;

namespace Rt1.Core;

/// <summary>The largest motion of one step that a robot accepts; larger motions are shortened along their direction.</summary>
public sealed record ActionLimits
{
    /// <summary>End-effector translation over one step, metres.</summary>
    public float MaxTranslation { get; init; } = 0.1f;

    /// <summary>End-effector rotation over one step, radians: the length of (roll, pitch, yaw).</summary>
    public float MaxRotation { get; init; } = 0.5f;

    /// <summary>Base displacement over one step, metres.</summary>
    public float MaxBaseTranslation { get; init; } = 0.25f;

    /// <summary>Base turn over one step, radians.</summary>
    public float MaxBaseRotation { get; init; } = 0.5f;

    /// <summary>The action within the limits; the very same object when it already was.</summary>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    public RobotAction Clamp(RobotAction action)
    {
        NonFiniteActionException.ThrowIfAny(action);
        var clamped = action with
        {
            WorldVector = Shorten(action.WorldVector, MaxTranslation),
            RotationDelta = Shorten(action.RotationDelta, MaxRotation),
            GripperClosednessAction = Math.Clamp(action.GripperClosednessAction, -1, 1),
            BaseDisplacementVector = Shorten(action.BaseDisplacementVector, MaxBaseTranslation),
            BaseDisplacementVerticalRotation = Math.Clamp(action.BaseDisplacementVerticalRotation, -MaxBaseRotation, MaxBaseRotation),
        };
        return clamped == action ? action : clamped;
    }

    private static Vector3 Shorten(Vector3 v, float limit) => v.Length() <= limit ? v : v * (limit / v.Length());

    private static Vector2 Shorten(Vector2 v, float limit) => v.Length() <= limit ? v : v * (limit / v.Length());
}
