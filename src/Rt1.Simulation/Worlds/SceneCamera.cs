using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>A camera of the world: frames for the policy, and what is visible, for judges.</summary>
public sealed class SceneCamera : IDisposable
{
    private const float ShadowDistance = 1.8f;

    private readonly World _world;
    private readonly MjRenderer _renderer;
    private readonly MjCamera _camera;
    private readonly int[] _geoms;
    private readonly int? _lamp;
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
        _lamp = world.Model.TryId(MjObject.Light, "lamp");
    }

    /// <summary>What the sensor adds to its pictures; null for nothing.</summary>
    public SensorNoise? Noise { get; set; }

    /// <summary>Pixels.</summary>
    public int Height => _renderer.Height;

    /// <summary>Pixels.</summary>
    public int Width => _renderer.Width;

    /// <summary>Takes a picture of the present state.</summary>
    /// <param name="capturedAt">The time to stamp it with.</param>
    public Frame Capture(TimeSpan capturedAt)
    {
        var pixels = new byte[3 * _renderer.Height * _renderer.Width];
        CentreShadows();
        _renderer.Render(_world.Data, _camera, pixels);
        Noise?.Add(pixels, 3 * _renderer.Width);
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

    /// <summary>Where a point of the world appears: (u right, v down) in [0, 1] of the image; null when it is behind the camera.</summary>
    public Vector2? Project(Vector3 point) => Project(_world, _camera, (float)_renderer.Width / _renderer.Height, point);

    // The lamp shines from one direction everywhere; where it is only says of which part of the world shadows are computed.
    private void CentreShadows()
    {
        if (_lamp is not { } lamp)
            return;
        var eye = _world.Data.Pose(MjObject.Camera, _camera.Id);
        var direction = _world.Data.Field<double>("light_xdir").Slice(3 * lamp, 3);
        var centre = eye.Position + Vector3.Transform(-Vector3.UnitZ, eye.Orientation);
        var position = centre - ShadowDistance * new Vector3((float)direction[0], (float)direction[1], (float)direction[2]);
        for (var i = 0; i < 3; i++)
            _world.Data.Field<double>("light_xpos")[3 * lamp + i] = position[i];
    }

    internal static Vector2? Project(World world, MjCamera camera, float aspect, Vector3 point)
    {
        var pose = world.Data.Pose(MjObject.Camera, camera.Id);
        var seen = Vector3.Transform(point - pose.Position, Quaternion.Conjugate(pose.Orientation));
        if (seen.Z >= 0)
            return null;
        var half = -seen.Z * MathF.Tan((float)world.Model.Field<double>("cam_fovy")[camera.Id] * MathF.PI / 360);
        return new Vector2(0.5f + seen.X / (2 * half * aspect), 0.5f - seen.Y / (2 * half));
    }

    public void Dispose() => _renderer.Dispose();
}
