using System.Text.Json;
using Rt1.Testing;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>The numbers of reference.json, and the formula that its inputs follow from (make_reference.py).</summary>
internal static class Reference
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllBytes(Repository.File("tests", "Bindings", "TorchSharp.Tests", "reference.json"))).RootElement;

    public static IEnumerable<string> Names(string section) => Root.GetProperty(section).EnumerateObject().Select(entry => entry.Name);

    public static IEnumerable<string> Names(string section, string name) =>
        Root.GetProperty(section).GetProperty(name).EnumerateObject().Select(entry => entry.Name);

    public static double[] Numbers(string section, string name) =>
        [.. Root.GetProperty(section).GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];

    /// <summary>sin(0.7·i + phase) in row-major order.</summary>
    public static Tensor Fill(long[] shape, double phase)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)Math.Sin((i * 0.7) + phase);
        return tensor(values, shape);
    }

    /// <summary>Backward from sum(output · Fill(output.shape, 0.5)).</summary>
    public static void Backward(Tensor output) => (output * Fill(output.shape, 0.5)).sum().backward();

    /// <summary>Asserts shape, and values to 1e-5 of the largest.</summary>
    public static void AssertEqual(Tensor? actual, params string[] path)
    {
        var expected = path.Aggregate(Root, (element, name) => element.GetProperty(name));
        var where = string.Join('/', path);
        Assert.True(actual is not null, $"{where}: no tensor");
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), actual.shape);
        var values = expected.GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var found = actual.detach().contiguous().to(float64).data<double>().ToArray();
        var tolerance = 1e-5 * Math.Max(1, values.Max(Math.Abs));
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - found[i]) <= tolerance, $"{where}[{i}]: expected {values[i]}, got {found[i]}");
    }
}
