using System.Numerics;

namespace Rt1.Simulation;

/// <summary>Colours as red, green, blue in [0, 1].</summary>
internal static class Colour
{
    /// <summary>From hue, saturation and value, each in [0, 1].</summary>
    public static Vector3 FromHsv(float hue, float saturation, float value)
    {
        float Channel(float offset)
        {
            var k = (offset + hue * 6) % 6;
            return value * (1 - saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
        }
        return new Vector3(Channel(5), Channel(3), Channel(1));
    }

    public static Vector3 Clamp(Vector3 colour) => Vector3.Clamp(colour, Vector3.Zero, Vector3.One);
}
