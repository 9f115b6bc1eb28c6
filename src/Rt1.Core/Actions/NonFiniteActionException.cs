namespace Rt1.Core;

/// <summary>An action holds a NaN or an infinity; <see cref="Dimension"/> says where.</summary>
public sealed class NonFiniteActionException(string dimension, float value)
    : Rt1Exception($"action: {dimension} must be finite, got {value}.")
{
    public string Dimension { get; } = dimension;

    public float Value { get; } = value;

    /// <exception cref="NonFiniteActionException">The first value of the action that is not finite.</exception>
    public static void ThrowIfAny(RobotAction action)
    {
        foreach (var (name, value) in action.Values())
        {
            if (!float.IsFinite(value))
                throw new NonFiniteActionException(name, value);
        }
    }
}
