using Mujoco;

namespace Rt1.Simulation;

/// <summary>Two fingers that move together. Closedness: 0 open, 1 closed.</summary>
internal sealed class Gripper(MjData data)
{
    /// <summary>How far beyond closed the servos reach, so that the fingers press on what they hold; over the last tenth of the way.</summary>
    private const double Squeeze = 0.01, SqueezeFrom = 0.9;

    private readonly double _opening = data.Model.Field<double>("jnt_range")[2 * data.Model.Id(MjObject.Joint, "finger_left") + 1];

    public IReadOnlyList<JointServo> Fingers { get; } = [new(data, "finger_left"), new(data, "finger_right")];

    /// <summary>Where the fingers are told to go.</summary>
    public double Target { get; set; }

    public double Measured => Math.Clamp(1 - (Fingers[0].Measured + Fingers[1].Measured) / (2 * _opening), 0, 1);

    /// <summary>Puts the fingers somewhere, at rest.</summary>
    public void Place(double closedness)
    {
        Target = closedness;
        foreach (var finger in Fingers)
            finger.Place(_opening * (1 - closedness));
    }

    /// <summary>Passes the target on to the fingers' servos.</summary>
    public void Aim()
    {
        var position = _opening * (1 - Target) - Squeeze * Math.Max(0, (Target - SqueezeFrom) / (1 - SqueezeFrom));
        foreach (var finger in Fingers)
            finger.Target = position;
    }
}
