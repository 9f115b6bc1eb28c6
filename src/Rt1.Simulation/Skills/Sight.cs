using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>What the head camera has in view: a coarse picture of which body is seen where.</summary>
internal sealed class Sight : IDisposable
{
    private const int LongSide = 128;

    private readonly World _world;
    private readonly MjRenderer _renderer;
    private readonly MjCamera _camera;
    private readonly int[] _geoms;

    /// <param name="imageHeight">Of the camera's pictures: only the ratio to the width counts.</param>
    /// <param name="imageWidth">Of the camera's pictures.</param>
    public Sight(World world, int imageHeight, int imageWidth)
    {
        var scale = (double)LongSide / Math.Max(imageHeight, imageWidth);
        var (height, width) = ((int)Math.Round(imageHeight * scale), (int)Math.Round(imageWidth * scale));
        _world = world;
        _renderer = new MjRenderer(world.Model, height, width, new MjRendererOptions { Shadows = false, Skybox = false });
        _camera = MjCamera.Fixed(world.Model.Id(MjObject.Camera, "head"));
        _geoms = new int[height * width];
    }

    /// <summary>Looks at the present state; valid until the next look.</summary>
    public Seen Look()
    {
        _renderer.Segment(_world.Data, _camera, _geoms);
        var pixels = new Dictionary<string, int>();
        foreach (var group in _geoms.Where(geom => geom >= 0).GroupBy(geom => geom))
        {
            var body = _world.BodyName(group.Key);
            pixels[body] = pixels.GetValueOrDefault(body) + group.Count();
        }
        return new Seen(pixels, Project);
    }

    public void Dispose() => _renderer.Dispose();

    private Vector2? Project(Vector3 point) => SceneCamera.Project(_world, _camera, (float)_renderer.Width / _renderer.Height, point);

    /// <summary>One look.</summary>
    internal sealed record Seen(IReadOnlyDictionary<string, int> Pixels, Func<Vector3, Vector2?> Project)
    {
        private const int Enough = 4;

        public bool Shows(string body) => Pixels.GetValueOrDefault(body) >= Enough;

        /// <summary>Where something appears, clamped to the image, and whether it is seen.</summary>
        public (Vector2 Point, bool Visible) Find(Landmark landmark)
        {
            if (Project(landmark.Point) is not { } point)
                return (new Vector2(0.5f, 0.5f), false);
            var clamped = Vector2.Clamp(point, Vector2.Zero, Vector2.One);
            return (clamped, landmark.Body is { } body ? Shows(body) : clamped == point);
        }
    }
}
