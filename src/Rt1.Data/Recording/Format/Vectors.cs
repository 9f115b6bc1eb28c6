using System.Numerics;

namespace Rt1.Data;

/// <summary>Vectors to JSON arrays and back, with their lengths checked.</summary>
internal static class Vectors
{
    public static float[] ToArray(Vector3 v) => [v.X, v.Y, v.Z];

    /// <exception cref="FormatException">There are not three values.</exception>
    public static Vector3 ToVector3(string name, float[] values)
    {
        Check(name, values.Length, 3);
        return new Vector3(values);
    }

    /// <exception cref="FormatException">The lengths differ.</exception>
    public static void Check(string name, int length, int expected)
    {
        if (length != expected)
            throw new FormatException($"{name} must hold {expected} values, got {length}");
    }
}
