using System.Numerics;

namespace Mujoco;

/// <summary>Two geoms that touch.</summary>
/// <param name="Geom1">The first geom.</param>
/// <param name="Geom2">The second geom.</param>
/// <param name="Distance">Between the nearest points, metres; negative where they penetrate.</param>
/// <param name="Position">Midpoint, world frame.</param>
/// <param name="Normal">From the first geom to the second, world frame.</param>
/// <param name="Force">Normal force and two tangential ones, newtons, contact frame.</param>
/// <param name="IsActive">False where the contact was found but takes no part in the dynamics.</param>
public readonly record struct MjContact(int Geom1, int Geom2, double Distance, Vector3 Position, Vector3 Normal, Vector3 Force, bool IsActive)
{
    internal static unsafe MjContact From(in Native.Contact contact)
    {
        fixed (double* pos = contact.Pos, frame = contact.Frame, force = contact.Force)
            return new MjContact(contact.Geom1, contact.Geom2, contact.Dist, Vector(pos), Vector(frame), Vector(force), contact.Active != 0);

        static Vector3 Vector(double* v) => new((float)v[0], (float)v[1], (float)v[2]);
    }
}
