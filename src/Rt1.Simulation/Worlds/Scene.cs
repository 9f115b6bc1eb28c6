using System.Reflection;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>What a world is made of. Each name is an MJCF file under <c>Assets</c>; a scene includes them side by side.</summary>
public sealed record Scene
{
    /// <summary>The surroundings, with a site <c>workspace</c> on which objects are placed.</summary>
    public string Place { get; init; } = "classroom";

    /// <summary>The robot.</summary>
    public string Robot { get; init; } = "edr";

    /// <summary>The objects on the workspace, each at most once.</summary>
    public IReadOnlyList<string> Objects { get; init; } = ["red_can", "green_bottle", "apple", "sponge", "blue_block", "bowl"];

    /// <summary>Colours, textures and light.</summary>
    public Look Look { get; init; } = Look.Plain;

    /// <summary>Every object that there is.</summary>
    public static IReadOnlyList<string> KnownObjects { get; } =
        [.. ObjectKind.All.Select(kind => kind.Name)];

    /// <summary>Compiles the scene.</summary>
    /// <exception cref="Rt1Exception">An object is unknown or named twice, or a place or robot does not exist.</exception>
    public MjModel Compile()
    {
        foreach (var name in Objects)
        {
            if (!KnownObjects.Contains(name))
                throw new Rt1Exception($"scene.objects: unknown object '{name}'; known are {string.Join(", ", KnownObjects)}.");
            if (Objects.Count(other => other == name) > 1)
                throw new Rt1Exception($"scene.objects: '{name}' is there twice; each object can be used once.");
        }
        return Compile(["physics", Place, Robot, .. Objects]);
    }

    /// <summary>Compiles some of the asset files, e.g. a robot alone.</summary>
    internal static MjModel Compile(IEnumerable<string> assets)
    {
        var files = assets.ToDictionary(name => name + ".xml", name => Read(name + ".xml"));
        var includes = string.Concat(files.Keys.Select(file => $"<include file=\"{file}\"/>"));
        return MjModel.FromXml($"<mujoco>{includes}</mujoco>", files);
    }

    private static byte[] Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new Rt1Exception($"scene: there is no '{Path.GetFileNameWithoutExtension(file)}'.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
