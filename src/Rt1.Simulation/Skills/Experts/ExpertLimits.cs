namespace Rt1.Simulation;

/// <summary>The largest motion of an expert's step, in each dimension; a policy's action bounds must hold them.</summary>
public static class ExpertLimits
{
    /// <summary>Gripper translation, metres.</summary>
    public const float Translation = 0.05f;

    /// <summary>Gripper rotation, radians.</summary>
    public const float Rotation = 0.4f;

    /// <summary>Base displacement, metres: 1.5 m take six steps.</summary>
    public const float BaseTranslation = 0.25f;

    /// <summary>Base turn, radians.</summary>
    public const float BaseRotation = 0.4f;
}
