using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Places objects upright on a surface, apart from each other, turned at random.</summary>
internal sealed class ObjectPlacement
{
    private const int Attempts = 200;
    private const int PlacesPerObject = 50;
    private const double Gap = 0.035;

    private readonly Item[] _objects;

    public ObjectPlacement(MjModel model, IReadOnlyList<string> objects) => _objects = [.. objects.Select(name => Item.Find(model, name))];

    /// <summary>New places for all objects. Poses are computed by the caller.</summary>
    /// <exception cref="Rt1Exception">They do not fit.</exception>
    public void Place(MjData data, int seed, string surface)
    {
        data.Kinematics();
        var random = new Random(seed);
        var workspace = data.Model.Id(MjObject.Site, surface);
        var area = data.Pose(MjObject.Site, workspace);
        var half = data.Model.Field<double>("site_size").Slice(3 * workspace, 3).ToArray();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // The gap shrinks to nothing over the attempts, so that a full workspace is still filled.
            if (TryPlace(random, half, gap: Gap * (1 - (double)attempt / Attempts)) is not { } places)
                continue;
            foreach (var (item, (x, y)) in _objects.Zip(places))
            {
                var position = area.Position + Vector3.Transform(new Vector3((float)x, (float)y, (float)half[2]), area.Orientation);
                var yaw = (float)((2 * random.NextDouble() - 1) * Math.PI);
                Put(data, item.Name, new MjPose(position, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw)));
            }
            return;
        }
        throw new Rt1Exception(
            $"scene.objects: {_objects.Length} objects do not fit on '{surface}', which is {2 * half[0]:F2}×{2 * half[1]:F2} m; use fewer.");
    }

    public void Put(MjData data, string name, MjPose pose)
    {
        var item = _objects.FirstOrDefault(o => o.Name == name)
            ?? throw new Rt1Exception($"scene: no object '{name}' in this world; there are {string.Join(", ", _objects.Select(o => o.Name))}.");
        double[] position = [pose.Position.X, pose.Position.Y, pose.Position.Z];
        double[] orientation = [pose.Orientation.W, pose.Orientation.X, pose.Orientation.Y, pose.Orientation.Z];
        position.CopyTo(data.qpos[item.Position..]);
        orientation.CopyTo(data.qpos[(item.Position + 3)..]);
        data.qvel.Slice(item.Velocity, 6).Clear();
    }

    private List<(double X, double Y)>? TryPlace(Random random, double[] half, double gap)
    {
        var places = new List<(double X, double Y)>(_objects.Length);
        for (var place = 0; places.Count < _objects.Length; place++)
        {
            if (place == PlacesPerObject * _objects.Length)
                return null;
            var (x, y) = (half[0] * (2 * random.NextDouble() - 1), half[1] * (2 * random.NextDouble() - 1));
            var radius = _objects[places.Count].Radius;
            if (places.Zip(_objects).All(other => Distance((x, y), other.First) > radius + other.Second.Radius + gap))
                places.Add((x, y));
        }
        return places;
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    /// <param name="Name">Its body, free joint and extent are all called so.</param>
    /// <param name="Position">Where its pose starts in qpos.</param>
    /// <param name="Velocity">Where its velocity starts in qvel.</param>
    /// <param name="Radius">Of the upright cylinder around it, metres.</param>
    private sealed record Item(string Name, int Position, int Velocity, double Radius)
    {
        public static Item Find(MjModel model, string name)
        {
            var joint = model.Id(MjObject.Joint, name);
            var radius = model.Field<double>("site_size")[3 * model.Id(MjObject.Site, name)];
            return new Item(name, model.Field<int>("jnt_qposadr")[joint], model.Field<int>("jnt_dofadr")[joint], radius);
        }
    }
}
