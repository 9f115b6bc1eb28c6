using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Rt1.Core;

/// <summary>The largest motion of one step that a robot accepts; larger motions are shortened along their direction.</summary>
public sealed record ActionLimits
{
    /// <summary>End-effector translation over one step, metres.</summary>
    [Range(0.0, 2.0)]
    public float MaxTranslation { get; init; } = 0.1f;

    /// <summary>End-effector rotation over one step, radians: the length of (roll, pitch, yaw).</summary>
    [Range(0.0, Math.PI)]
    public float MaxRotation { get; init; } = 0.5f;

    /// <summary>Base displacement over one step, metres.</summary>
    [Range(0.0, 2.0)]
    public float MaxBaseTranslation { get; init; } = 0.25f;

    /// <summary>Base turn over one step, radians.</summary>
    [Range(0.0, Math.PI)]
    public float MaxBaseRotation { get; init; } = 0.5f;

    /// <summary>The action within the limits; the very same object when it already was. Clamping twice changes nothing more.</summary>
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

    private static Vector2 Shorten(Vector2 v, float limit)
    {
        var shortened = Shorten(new Vector3(v, 0), limit);
        return new(shortened.X, shortened.Y);
    }

    /// <summary>In double, and a hair inside the limit: float32 would overflow, and round to just outside.</summary>
    private static Vector3 Shorten(Vector3 v, float limit)
    {
        var (x, y, z) = ((double)v.X, (double)v.Y, (double)v.Z);
        var length = Math.Sqrt(x * x + y * y + z * z);
        if (length <= limit)
            return v;
        var scale = limit / length * (1 - 1e-7);
        return new((float)(x * scale), (float)(y * scale), (float)(z * scale));
    }
}
