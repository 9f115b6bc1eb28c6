using System.Collections.Concurrent;
using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>An object's kind as experts and judges know it: its size, and how two fingers take it from above. Lengths in metres.</summary>
internal sealed record ObjectShape
{
    /// <summary>Widest that the open fingers take between them.</summary>
    public const double WidestGrip = 0.084;

    /// <summary>Of the point between the pads above a surface: the finger tips reach 22 mm below it.</summary>
    public const double LowestGrip = 0.026;

    private const double Central = 0.02;        // a grasp further from the middle is one of the rim
    private const double Alike = 1.2;           // sides whose ratio is below this are taken either way

    private static readonly ConcurrentDictionary<string, ObjectShape> Known = new();

    /// <summary>Of the upright cylinder around it.</summary>
    public required double Radius { get; init; }

    public required double Height { get; init; }

    /// <summary>Of the point between the pads above the foot, when it stands.</summary>
    public required double GripHeight { get; init; }

    /// <summary>Of the middle of its main part above its foot, when it stands.</summary>
    public required double Middle { get; init; }

    /// <summary>What the fingers have between them.</summary>
    public required double Width { get; init; }

    /// <summary>Along which the fingers close, an angle in the object's frame, when it stands; null when any will do.</summary>
    public required double? FingerAngle { get; init; }

    /// <summary>After a turn by this angle it is taken alike: π, or π/2 for square ones.</summary>
    public required double Symmetry { get; init; }

    /// <summary>High enough that the fingers reach it between the walls of what it lies in.</summary>
    public bool StandsOut => Height > 0.045;

    /// <summary>Half the width of the floor inside, for kinds that things are put into; 0 for others.</summary>
    public required double Inside { get; init; }

    public bool IsGraspable => Width <= WidestGrip;

    /// <summary>Whether it is clearly longer than wide, when it stands.</summary>
    public bool IsLong => FingerAngle is not null && Symmetry > 2;

    /// <exception cref="Core.Rt1Exception">There is no such object.</exception>
    public static ObjectShape Of(string name) => Known.GetOrAdd(name, Measure);

    private static ObjectShape Measure(string name)
    {
        using var model = new Scene { Objects = [name] }.Compile();
        var extent = model.Field<double>("site_size").Slice(3 * model.Id(MjObject.Site, name), 3);
        var geom = model.Id(MjObject.Geom, name);
        var (width, angle, symmetry) = Sides(model, geom);
        var grasp = model.Field<double>("site_pos").Slice(3 * model.Id(MjObject.Site, name + "_grasp"), 3);
        var isCentral = Math.Abs(grasp[0]) < Central && Math.Abs(grasp[1]) < Central;
        return new ObjectShape
        {
            Radius = extent[0],
            Height = 2 * extent[1],
            GripHeight = Math.Max(LowestGrip, grasp[2]),
            Middle = model.Field<double>("geom_pos")[3 * geom + 2],
            Width = isCentral ? width : double.PositiveInfinity,
            FingerAngle = angle,
            Symmetry = symmetry,
            Inside = ObjectKind.All.First(kind => kind.Name == name).Holds ? Floor(model, geom) : 0,
        };
    }

    private static double Floor(MjModel model, int geom)
    {
        var size = model.Field<double>("geom_size").Slice(3 * geom, 3);
        return Math.Min(size[0], size[1]);
    }

    private static (double Width, double? Angle, double Symmetry) Sides(MjModel model, int geom)
    {
        const int Sphere = 2, Capsule = 3, Cylinder = 5, Box = 6;
        var size = model.Field<double>("geom_size").Slice(3 * geom, 3);
        var q = model.Field<double>("geom_quat").Slice(4 * geom, 4);
        var turn = new Quaternion((float)q[1], (float)q[2], (float)q[3], (float)q[0]);
        var type = model.Field<int>("geom_type")[geom];
        if (type == Sphere)
            return (2 * size[0], null, Math.PI);
        if (type is Capsule or Cylinder)
        {
            var axis = Vector3.Transform(Vector3.UnitZ, turn);
            return Math.Abs(axis.Z) > 0.7 ? (2 * size[0], null, Math.PI) : (2 * size[0], Math.Atan2(axis.Y, axis.X) + Math.PI / 2, Math.PI);
        }
        var side = Vector3.Transform(Vector3.UnitX, turn);
        var yaw = Math.Atan2(side.Y, side.X);
        var (narrow, wide) = (Math.Min(size[0], size[1]), Math.Max(size[0], size[1]));
        if (wide < Alike * narrow)
            return (2 * wide, type == Box ? yaw : null, Math.PI / 2);
        return (2 * narrow, size[0] < size[1] ? yaw : yaw + Math.PI / 2, Math.PI);
    }
}
