namespace Rt1.Simulation;

/// <summary>Arithmetic on angles, radians.</summary>
internal static class Angles
{
    /// <summary>The same angle in [−period/2, period/2).</summary>
    public static double Wrap(double angle, double period) => angle - period * Math.Floor(angle / period + 0.5);
}
