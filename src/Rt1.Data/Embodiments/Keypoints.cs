namespace Rt1.Data;

/// <summary>The places in the image that a simulator knows: where the target, the gripper and the reference object are.</summary>
public static class Keypoints
{
    /// <summary>Target, gripper, reference object, in this order.</summary>
    public const int Count = 3;
}
