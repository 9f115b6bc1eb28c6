using System.Numerics;

namespace Mujoco;

/// <summary>A position (metres) and an orientation.</summary>
public readonly record struct MjPose(Vector3 Position, Quaternion Orientation)
{
    /// <param name="position">x, y, z.</param>
    /// <param name="matrix">A rotation, 3 × 3, row-major.</param>
    internal static MjPose From(ReadOnlySpan<double> position, ReadOnlySpan<double> matrix)
    {
        // System.Numerics multiplies row vectors: its rotation matrices are transposed.
        var rotation = Matrix4x4.Identity;
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
                rotation[column, row] = (float)matrix[3 * row + column];
        }
        return new MjPose(
            new Vector3((float)position[0], (float)position[1], (float)position[2]),
            Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(rotation)));
    }
}
