using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// A world with its robot and the robot's camera, advanced by hand: what evaluation, data generation and the real-time runner share.
/// </summary>
public sealed class Lab : IDisposable
{
    private const int SettlingSteps = 150;

    private readonly Lazy<SceneCamera> _camera;
    private int _seed;

    public Lab(Scene scene, int imageHeight = 256, int imageWidth = 320)
    {
        World = new World(scene);
        Robot = new MobileManipulator(World);
        _camera = new Lazy<SceneCamera>(() => new SceneCamera(World, imageHeight, imageWidth) { Noise = NewNoise() });
    }

    /// <summary>Whether the camera's pictures have <see cref="SensorNoise"/>, by the seed of the reset.</summary>
    public bool HasSensorNoise { get; init; } = true;

    public World World { get; }

    public MobileManipulator Robot { get; }

    /// <summary>Made when it is first used: physics alone needs no OpenGL.</summary>
    public SceneCamera Camera => _camera.Value;

    /// <summary>Simulated time since the last reset.</summary>
    public TimeSpan Time => World.Time;

    /// <summary>A fresh start: objects placed by the seed and come to rest, the robot waiting, the clock at zero.</summary>
    /// <param name="seed">Where the objects stand, and the camera's noise.</param>
    /// <param name="start">How the robot stands; null for its usual start.</param>
    /// <param name="surface">The site on which the objects stand.</param>
    /// <exception cref="SimulationDivergedException">The objects blew up while they settled; take another seed.</exception>
    public void Reset(int seed, RobotStart? start = null, string surface = "workspace")
    {
        _seed = seed;
        if (_camera.IsValueCreated)
            Camera.Noise = NewNoise();
        World.Reset(seed, surface);
        Robot.Reset(start);
        for (var i = 0; i < SettlingSteps; i++)
            Step();
        World.StartClock();
    }

    /// <summary>Advances by one time step.</summary>
    /// <exception cref="SimulationDivergedException">The physics blew up.</exception>
    public void Step() => World.Step(Robot.Control);

    /// <summary>Advances to a simulated time.</summary>
    /// <exception cref="SimulationDivergedException">The physics blew up.</exception>
    public void AdvanceTo(TimeSpan time)
    {
        while (Time < time)
            Step();
    }

    /// <summary>A picture of the present state, stamped with the simulated time.</summary>
    public Frame Capture() => Camera.Capture(Time);

    private SensorNoise? NewNoise() => HasSensorNoise ? new SensorNoise(_seed) : null;

    public void Dispose()
    {
        if (_camera.IsValueCreated)
            Camera.Dispose();
        Robot.Dispose();
        World.Dispose();
    }
}
