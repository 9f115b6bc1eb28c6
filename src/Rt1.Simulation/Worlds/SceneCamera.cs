using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>A camera of the world: frames for the policy, and what is visible, for judges.</summary>
public sealed class SceneCamera : IDisposable
{
    private readonly World _world;
    private readonly MjRenderer _renderer;
    private readonly MjCamera _camera;
    private readonly int[] _geoms;
    private long _sequence;

    /// <param name="world">What it looks at.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="name">A camera of the model; <c>head</c> is the robot's.</param>
    /// <exception cref="MujocoException">There is no such camera, or OpenGL is missing.</exception>
    public SceneCamera(World world, int height, int width, string name = "head")
    {
        _world = world;
        _camera = MjCamera.Fixed(world.Model.Id(MjObject.Camera, name));
        _renderer = new MjRenderer(world.Model, height, width);
        _geoms = new int[height * width];
    }

    /// <summary>Pixels.</summary>
    public int Height => _renderer.Height;

    /// <summary>Pixels.</summary>
    public int Width => _renderer.Width;

    /// <summary>Takes a picture of the present state.</summary>
    /// <param name="capturedAt">The time to stamp it with.</param>
    public Frame Capture(TimeSpan capturedAt)
    {
        var pixels = new byte[3 * _renderer.Height * _renderer.Width];
        _renderer.Render(_world.Data, _camera, pixels);
        return new Frame
        {
            Height = _renderer.Height,
            Width = _renderer.Width,
            Pixels = pixels,
            CapturedAt = capturedAt,
            Sequence = _sequence++,
        };
    }

    /// <summary>How many pixels show each body (the robot's parts, the objects, the furniture), nothing hidden counted.</summary>
    public IReadOnlyDictionary<string, int> VisiblePixels()
    {
        _renderer.Segment(_world.Data, _camera, _geoms);
        return _geoms.Where(geom => geom >= 0).GroupBy(_world.BodyName).ToDictionary(group => group.Key, group => group.Count());
    }

    public void Dispose() => _renderer.Dispose();
}
