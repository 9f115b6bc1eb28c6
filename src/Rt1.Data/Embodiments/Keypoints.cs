using System.Numerics;

namespace Rt1.Data;

/// <summary>
/// Places in a step's image that a simulator knows, each in [0, 1] from the left and from the top; null where it is not to be seen.
/// </summary>
public readonly record struct Keypoints(Vector2? Target, Vector2? Gripper, Vector2? Reference)
{
    /// <summary>Target, gripper, reference object.</summary>
    public const int Count = 3;

    /// <summary>Target, gripper and reference object by number.</summary>
    public Vector2? this[int index] => index switch
    {
        0 => Target,
        1 => Gripper,
        2 => Reference,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };
}
