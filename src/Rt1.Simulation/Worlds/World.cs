using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// One physical world: a place, a robot's body and objects. Knows nothing of control. What it tells of the objects is privileged: for
/// judges, experts and tests, not for policies. Not thread-safe.
/// </summary>
public sealed class World : IDisposable
{
    private static readonly MjWarning[] BlowUps = [MjWarning.BadQpos, MjWarning.BadQvel, MjWarning.BadQacc, MjWarning.BadCtrl];

    private readonly ObjectPlacement _placement;
    private double _started;

    public World(Scene scene)
    {
        Scene = scene;
        Model = scene.Compile();
        Data = new MjData(Model);
        _placement = new ObjectPlacement(Model, scene.Objects);
        TimeStep = TimeSpan.FromSeconds(Model.timestep);
        Stands = FindStands();
    }

    public Scene Scene { get; }

    public MjModel Model { get; }

    public MjData Data { get; }

    /// <summary>The time that one step takes in the world.</summary>
    public TimeSpan TimeStep { get; }

    /// <summary>Simulated time since <see cref="StartClock"/>: whole steps, so that rounding does not add up.</summary>
    public TimeSpan Time => TimeSpan.FromTicks((long)Math.Round(Steps * Model.timestep * TimeSpan.TicksPerSecond));

    private double Steps => Math.Round((Data.time - _started) / Model.timestep);

    /// <summary>Puts everything back and places the objects anew: the same seed, the same places.</summary>
    /// <param name="seed">Where they stand.</param>
    /// <param name="surface">The site on which they stand, e.g. <c>workspace_table</c>.</param>
    /// <exception cref="Rt1Exception">They do not fit.</exception>
    /// <exception cref="MujocoException">There is no such surface.</exception>
    public void Reset(int seed, string surface = "workspace")
    {
        Data.Reset();
        _placement.Place(Data, seed, surface);
        Data.Forward();
        StartClock();
    }

    /// <summary>Makes the present moment time zero.</summary>
    public void StartClock() => _started = Data.time;

    /// <summary>Advances by one <see cref="TimeStep"/>.</summary>
    /// <param name="control">
    /// Sets controls and applied forces; called when poses, velocities and <c>qfrc_bias</c> of the present state are known.
    /// </param>
    /// <exception cref="SimulationDivergedException">The physics blew up.</exception>
    public void Step(Action control)
    {
        Data.Step1();
        control();
        Data.Step2();
        foreach (var warning in BlowUps)
        {
            if (Data.WarningCount(warning) > 0)
                throw new SimulationDivergedException(warning, Data.WarningText(warning), Time);
        }
    }

    /// <summary>An object's pose in the world; its origin is the middle of its underside when it stands.</summary>
    /// <exception cref="MujocoException">There is no such body.</exception>
    public MjPose PoseOf(string body) => Data.Pose(MjObject.Body, Model.Id(MjObject.Body, body));

    /// <summary>An object's linear velocity, m/s, world frame.</summary>
    public Vector3 VelocityOf(string body) => Data.Velocity(MjObject.Body, Model.Id(MjObject.Body, body)).Linear;

    /// <summary>The base poses (x, y, yaw) that the place names to drive to: <c>counter</c>, <c>table</c>, <c>drawers</c> …</summary>
    public IReadOnlyDictionary<string, Vector3> Stands { get; }

    /// <summary>Puts an object somewhere, at rest.</summary>
    public void Put(string body, MjPose pose)
    {
        _placement.Put(Data, body, pose);
        Data.Forward();
    }

    /// <summary>Which of the scene's objects the named geom touches now.</summary>
    public IReadOnlyList<string> Touching(string geom)
    {
        var id = Model.Id(MjObject.Geom, geom);
        return
        [
            .. Data.Contacts()
                .Where(contact => contact.IsActive && (contact.Geom1 == id || contact.Geom2 == id))
                .Select(contact => BodyName(contact.Geom1 == id ? contact.Geom2 : contact.Geom1))
                .Where(name => Scene.Objects.Contains(name))
                .Distinct(),
        ];
    }

    /// <summary>The body that a geom belongs to.</summary>
    internal string BodyName(int geom) => Model.Name(MjObject.Body, Model.Field<int>("geom_bodyid")[geom]) ?? "";

    private Dictionary<string, Vector3> FindStands()
    {
        const string Prefix = "stand_";
        Data.Kinematics();
        var stands = new Dictionary<string, Vector3>();
        for (var site = 0; Model.Name(MjObject.Site, site) is { } name; site++)
        {
            if (!name.StartsWith(Prefix))
                continue;
            var pose = Data.Pose(MjObject.Site, site);
            var forward = Vector3.Transform(Vector3.UnitX, pose.Orientation);
            stands.Add(name[Prefix.Length..], new Vector3(pose.Position.X, pose.Position.Y, MathF.Atan2(forward.Y, forward.X)));
        }
        return stands;
    }

    public void Dispose()
    {
        Data.Dispose();
        Model.Dispose();
    }
}
