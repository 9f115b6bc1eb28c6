using System.Reflection;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>What a world is made of. Each name is an MJCF file under <c>Assets</c>; a scene includes them side by side.</summary>
public sealed record Scene
{
    /// <summary>The surroundings, with a site <c>workspace</c> on which objects are placed: one of <see cref="KnownPlaces"/>.</summary>
    public string Place { get; init; } = "classroom";

    /// <summary>The robot: one of <see cref="KnownRobots"/>.</summary>
    public string Robot { get; init; } = "edr";

    /// <summary>The objects on the workspace, each at most once.</summary>
    public IReadOnlyList<string> Objects { get; init; } = ["red_can", "green_bottle", "apple", "sponge", "blue_block", "bowl"];

    /// <summary>Colours, textures and light.</summary>
    public Look Look { get; init; } = Look.Plain;

    /// <summary>Every place that there is.</summary>
    public static IReadOnlyList<string> KnownPlaces { get; } = ["classroom", "kitchen1", "kitchen2", "bin", "bins"];

    /// <summary>Every robot that there is.</summary>
    public static IReadOnlyList<string> KnownRobots { get; } = ["edr", "kuka"];

    /// <summary>Every object that there is.</summary>
    public static IReadOnlyList<string> KnownObjects { get; } =
        [.. ObjectKind.All.Select(kind => kind.Name)];

    /// <summary>Files that robots include.</summary>
    private static readonly string[] Parts = ["robot", "hand"];

    /// <summary>Compiles the scene.</summary>
    /// <exception cref="Rt1Exception">A place, robot or object is unknown, or an object is named twice.</exception>
    public MjModel Compile()
    {
        Require("place", Place, KnownPlaces);
        Require("robot", Robot, KnownRobots);
        foreach (var name in Objects)
        {
            Require("objects", name, KnownObjects);
            if (Objects.Count(other => other == name) > 1)
                throw new Rt1Exception($"scene.objects: '{name}' is there twice; each object can be used once.");
        }
        var model = Compile(["physics", Place, Robot, .. Objects]);
        LookPainter.Paint(model, this);
        return model;
    }

    /// <summary>Compiles some of the asset files, e.g. a robot alone.</summary>
    internal static MjModel Compile(IEnumerable<string> assets)
    {
        var files = assets.Concat(Parts).ToDictionary(name => name + ".xml", name => Read(name + ".xml"));
        var includes = string.Concat(assets.Select(name => $"<include file=\"{name}.xml\"/>"));
        return MjModel.FromXml($"<mujoco>{includes}</mujoco>", files);
    }

    private static void Require(string key, string name, IReadOnlyList<string> known)
    {
        if (!known.Contains(name))
            throw new Rt1Exception($"scene.{key}: unknown '{name}'; known are {string.Join(", ", known)}.");
    }

    private static byte[] Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
