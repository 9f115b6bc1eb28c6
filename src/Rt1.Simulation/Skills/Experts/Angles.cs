using System.Numerics;

namespace Rt1.Simulation;

/// <summary>Arithmetic on angles, radians.</summary>
internal static class Angles
{
    /// <summary>The same angle in [−period/2, period/2).</summary>
    public static double Wrap(double angle, double period) => angle - period * Math.Floor(angle / period + 0.5);

    /// <summary>Roll, pitch and yaw of a rotation R = Rz(yaw)·Ry(pitch)·Rx(roll), as actions tell it.</summary>
    public static Vector3 RollPitchYaw(Quaternion q) => new(
        MathF.Atan2(2 * (q.W * q.X + q.Y * q.Z), 1 - 2 * (q.X * q.X + q.Y * q.Y)),
        MathF.Asin(Math.Clamp(2 * (q.W * q.Y - q.Z * q.X), -1, 1)),
        MathF.Atan2(2 * (q.W * q.Z + q.X * q.Y), 1 - 2 * (q.Y * q.Y + q.Z * q.Z)));
}
