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
    }

    public Scene Scene { get; }

    public MjModel Model { get; }

    public MjData Data { get; }

    /// <summary>The time that one step takes in the world.</summary>
    public TimeSpan TimeStep { get; }

    /// <summary>Simulated time since <see cref="Reset"/>.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(Data.time - _started);

    /// <summary>Puts everything back and places the objects anew: the same seed, the same places.</summary>
    public void Reset(int seed)
    {
        Data.Reset();
        _placement.Place(Data, seed);
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

    public void Dispose()
    {
        Data.Dispose();
        Model.Dispose();
    }
}
