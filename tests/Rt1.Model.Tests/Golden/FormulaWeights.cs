using System.Text;
using System.Text.Json;
using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>
/// The golden data that travels with the project: weights and images follow from a formula, so only statistics and outputs are stored.
/// value = offset + half · noise(name), and noise is splitmix64 seeded with the name's FNV-1a hash.
/// </summary>
internal sealed class FormulaWeights : IDisposable
{
    private readonly JsonDocument _formula = JsonDocument.Parse(File.ReadAllText(PathOf("formula.json")));
    private readonly ulong _seed;

    public FormulaWeights() => _seed = _formula.RootElement.GetProperty("seed").GetUInt64();

    public SafetensorsFile Golden { get; } = SafetensorsFile.Open(PathOf("golden.safetensors"));

    /// <summary>The full-size network with the formula's weights, in evaluation mode.</summary>
    /// <param name="config">Its configuration, of the full sizes; the default one unless given.</param>
    public Rt1Network CreateNetwork(PolicyConfig? config = null)
    {
        using var noGrad = no_grad();
        var network = new Rt1Network(config ?? new PolicyConfig());
        var state = network.state_dict();
        var variables = _formula.RootElement.GetProperty("variables");
        foreach (var layout in ReferenceLayout.Of(network.Config.Network))
        {
            using var scope = NewDisposeScope();
            var target = state[layout.Parameter];
            target.copy_(layout.ToOurs(Variable(layout.Name, variables.GetProperty(layout.Name)), target.shape));
        }
        network.eval();
        return network;
    }

    /// <summary>The instruction's embedding.</summary>
    public float[] Embedding() => [.. Noise("natural_language_embedding", 512).Select(n => (float)(0.08 * n))];

    /// <summary>The frame of step t, (256, 320, 3) bytes.</summary>
    public static byte[] Frame(int t)
    {
        var pixels = new byte[256 * 320 * 3];
        var next = 0;
        for (var y = 0; y < 256; y++)
        {
            for (var x = 0; x < 320; x++)
            {
                for (var c = 0; c < 3; c++)
                    pixels[next++] = (byte)((x * (3 + c) + y * (5 - c) + 17 * t) / 4 + ((x * y) >> (6 + c)));
            }
        }
        return pixels;
    }

    /// <summary>Frames 0 to count − 1, (count, 256, 320, 3).</summary>
    public static Tensor Frames(int count) =>
        stack(Enumerable.Range(0, count).Select(t => tensor(Frame(t), [256, 320, 3])));

    /// <summary>Noise in [−1, 1], as many numbers as asked for.</summary>
    public IEnumerable<double> Noise(string name, long count)
    {
        var state = Fnv1A(name) ^ _seed;
        for (var i = 0L; i < count; i++)
        {
            state += 0x9E3779B97F4A7C15;
            yield return ((Mix(state) >> 56) - 127.5) / 127.5;
        }
    }

    public void Dispose()
    {
        Golden.Dispose();
        _formula.Dispose();
    }

    private Tensor Variable(string name, JsonElement variable)
    {
        var shape = variable.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        if (variable.GetProperty("law") is not { ValueKind: JsonValueKind.Array } law)
            return Golden.Read($"statistics/{name}").reshape(shape);
        var (offset, half) = (law[0].GetDouble(), law[1].GetDouble());
        return tensor(Noise(name, shape.Aggregate(1L, (a, b) => a * b)).Select(n => (float)(offset + half * n)).ToArray(), shape);
    }

    private static ulong Fnv1A(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(0xcbf29ce484222325, (hash, value) => (hash ^ value) * 0x100000001b3);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static string PathOf(string file) => Repository.File("tests", "Rt1.Model.Tests", "golden", "formula", file);
}
