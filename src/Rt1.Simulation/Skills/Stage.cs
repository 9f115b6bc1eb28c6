using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>A trial's world as experts and judges see it. Places are in the robot's base frame unless they say otherwise; metres.</summary>
internal sealed class Stage
{
    private readonly Dictionary<string, MjPose> _start = [];
    private readonly Quaternion _waiting;

    /// <param name="surface">The site on which the objects stand.</param>
    public Stage(Lab lab, SkillTask task, string surface)
    {
        (Lab, Task) = (lab, task);
        var site = World.Model.Id(MjObject.Site, surface);
        var area = World.Data.Pose(MjObject.Site, site);
        var half = World.Model.Field<double>("site_size").Slice(3 * site, 3);
        (Workspace, WorkspaceHalf) = (area, new Vector2((float)half[0], (float)half[1]));
        Surface = area.Position.Z + (float)half[2];
        _waiting = lab.Robot.WaitingGripperPose.Orientation;
    }

    public Lab Lab { get; }

    public SkillTask Task { get; }

    public World World => Lab.World;

    public MobileManipulator Robot => Lab.Robot;

    /// <summary>Height of the surface on which objects stand.</summary>
    public float Surface { get; }

    /// <summary>Its middle, world frame.</summary>
    public MjPose Workspace { get; }

    /// <summary>Its middle.</summary>
    public Vector3 WorkspaceCentre => ToBase(Workspace).Position;

    /// <summary>Half its length and width.</summary>
    public Vector2 WorkspaceHalf { get; }

    public Hand Hand => Hand.Of(Robot, _waiting);

    public Item Target => Find(Task.Target);

    public Item Reference => Find(Task.Reference!);

    /// <summary>The objects, but for some.</summary>
    public IEnumerable<Item> Others(params string[] but) => World.Scene.Objects.Except(but).Select(Find);

    public Item Find(string name) => new(name, ObjectShape.Of(name), ToBase(World.PoseOf(name)));

    /// <summary>Whether both fingers touch the object.</summary>
    public bool Grips(string name) => Robot.Grasped.Contains(name);

    /// <summary>How high above where it stood at the start an object is now.</summary>
    public float Lifted(string name) => World.PoseOf(name).Position.Z - _start[name].Position.Z;

    /// <summary>Whether an object is on the surface, not above and not beside it.</summary>
    public bool Rests(Item item) => item.Bottom < Surface + 0.025f && item.Bottom > Surface - 0.03f;

    /// <summary>Lets things come to rest, the robot waiting.</summary>
    /// <param name="seconds">Simulated.</param>
    public void Settle(double seconds) => Lab.AdvanceTo(Lab.Time + TimeSpan.FromSeconds(seconds));

    /// <summary>Makes the present poses the start.</summary>
    public void NoteStart()
    {
        foreach (var name in World.Scene.Objects)
            _start[name] = World.PoseOf(name);
    }

    public Landmark Landmark(string name)
    {
        var pose = World.PoseOf(name);
        var middle = new Vector3(0, 0, (float)(ObjectShape.Of(name).Height / 2));
        return new Landmark(name, pose.Position + Vector3.Transform(middle, pose.Orientation));
    }

    /// <summary>From the world's frame into the base's.</summary>
    public MjPose ToBase(MjPose pose)
    {
        var robot = Robot.BasePose;
        var back = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -robot.Z);
        return new MjPose(Vector3.Transform(pose.Position - new Vector3(robot.X, robot.Y, 0), back), Quaternion.Normalize(back * pose.Orientation));
    }

    /// <summary>The height above which something that moves on a straight way passes over the objects that stand there.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="width">Its half width.</param>
    /// <param name="but">What it may touch.</param>
    public float TallestOnTheWay(Vector3 from, Vector3 to, float width, params string[] but)
    {
        var top = Surface;
        foreach (var other in Others(but))
        {
            if (Distance(Flat(other.Centre), Flat(from), Flat(to)) < (float)other.Shape.Radius + width)
                top = Math.Max(top, other.Top);
        }
        return top;
    }

    public static Vector2 Flat(Vector3 v) => new(v.X, v.Y);

    /// <summary>From a point to a stretch of a line.</summary>
    public static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var way = to - from;
        var part = way.LengthSquared() < 1e-8f ? 0 : Math.Clamp(Vector2.Dot(point - from, way) / way.LengthSquared(), 0, 1);
        return Vector2.Distance(point, from + part * way);
    }
}
