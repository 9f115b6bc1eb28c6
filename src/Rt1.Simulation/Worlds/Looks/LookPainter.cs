using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>Gives a compiled scene its look: writes colours, textures and light into the model, before anything is drawn from it.</summary>
internal sealed class LookPainter
{
    private const float MaxObjectGain = 0.12f, MaxChannelGain = 0.06f;

    /// <summary>Materials with a texture, by the texture's name, and those of one colour. What the robots are made of stays.</summary>
    private static readonly string[] Textured = ["top", "table", "floor", "tiles"], Coloured = ["wall", "cabinet", "front"];

    private static readonly Vector3 Cloth = new(0.86f, 0.85f, 0.82f);

    private readonly MjModel _model;
    private readonly LookLimits _limits;
    private readonly Random _random;

    private LookPainter(MjModel model, LookLimits limits, int seed) => (_model, _limits, _random) = (model, limits, new Random(seed));

    /// <summary>The same look, the same picture; <see cref="LookRange.Plain"/> changes nothing.</summary>
    public static void Paint(MjModel model, Scene scene)
    {
        if (scene.Look.Range == LookRange.Plain)
            return;
        var limits = scene.Look.Range == LookRange.Training ? LookLimits.Training : LookLimits.Unseen;
        var painter = new LookPainter(model, limits, scene.Look.Seed);
        foreach (var name in Textured)
            painter.PaintTexture(name);
        foreach (var name in Coloured)
            painter.PaintMaterial(name);
        painter.SetLight();
        foreach (var name in scene.Objects)
            painter.PaintObject(name);
    }

    private void PaintTexture(string name)
    {
        if (_model.TryId(MjObject.Texture, name) is not { } id || _random.NextSingle() < _limits.KeepProbability)
            return;
        var size = _model.Field<int>("tex_width")[id];
        var rgb = _model.Field<byte>("tex_rgb").Slice(_model.Field<int>("tex_adr")[id], 3 * size * size);
        var ground = Depart(Mean(rgb));
        var mark = _limits.Mark is { } part ? ground * Between(part) : Cloth;
        PatternPainter.Paint(rgb, size, _limits.Patterns[_random.Next(_limits.Patterns.Count)], ground, mark, _random);
    }

    private void PaintMaterial(string name)
    {
        if (_model.TryId(MjObject.Material, name) is not { } id || _random.NextSingle() < _limits.KeepProbability)
            return;
        var rgba = _model.Field<float>("mat_rgba").Slice(4 * id, 3);
        Depart(new Vector3(rgba)).CopyTo(rgba);
    }

    private void SetLight()
    {
        var lamp = _model.Id(MjObject.Light, "lamp");
        var direction = _model.Field<double>("light_dir").Slice(3 * lamp, 3);
        var angle = 2 * MathF.PI * _random.NextSingle();
        var tilt = Between(_limits.LightTilt);
        var tilted = Vector3.Normalize(new Vector3(
            (float)direction[0] + tilt * MathF.Cos(angle), (float)direction[1] + tilt * MathF.Sin(angle), (float)direction[2]));
        (direction[0], direction[1], direction[2]) = (tilted.X, tilted.Y, tilted.Z);

        var tint = Between(_limits.LightTint);
        var colour = _random.Next(2) == 0 ? new Vector3(1 + tint / 2, 1, 1 - tint) : new Vector3(1 - tint, 1, 1 + tint / 2);
        var strength = Between(_limits.LightStrength[_random.Next(_limits.LightStrength.Count)]);
        var diffuse = _model.Field<float>("light_diffuse").Slice(3 * lamp, 3);
        Colour.Clamp(new Vector3(diffuse) * colour * strength).CopyTo(diffuse);
    }

    // All parts of an object alike: a little brighter or darker, a little towards some colour.
    private void PaintObject(string name)
    {
        var gain = 1 + MaxObjectGain * Even();
        var channels = gain * (Vector3.One + MaxChannelGain * new Vector3(Even(), Even(), Even()));
        var body = _model.Id(MjObject.Body, name);
        var (first, count) = (_model.Field<int>("body_geomadr")[body], _model.Field<int>("body_geomnum")[body]);
        for (var geom = first; geom < first + count; geom++)
        {
            var rgba = _model.Field<float>("geom_rgba").Slice(4 * geom, 3);
            Colour.Clamp(new Vector3(rgba) * channels).CopyTo(rgba);
        }
    }

    private Vector3 Depart(Vector3 plain)
    {
        var random = Colour.FromHsv(_random.NextSingle(), Between(_limits.Saturation), Between(_limits.Value));
        return Vector3.Lerp(plain, random, Between(_limits.Departure));
    }

    private float Between((float Least, float Most) range) => float.Lerp(range.Least, range.Most, _random.NextSingle());

    private float Even() => 2 * _random.NextSingle() - 1;

    private static Vector3 Mean(ReadOnlySpan<byte> rgb)
    {
        var sum = Vector3.Zero;
        for (var i = 0; i < rgb.Length; i += 3)
            sum += new Vector3(rgb[i], rgb[i + 1], rgb[i + 2]);
        return sum / (255f * rgb.Length / 3);
    }
}
