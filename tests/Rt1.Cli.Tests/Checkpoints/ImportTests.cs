using System.IO.Compression;
using System.Text.Json;
using Rt1.Model.Checkpoints;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Cli.Tests.Checkpoints;

/// <summary><c>rt1 checkpoint</c> with Google's checkpoints, and <c>rt1 predict</c> with what was imported.</summary>
public sealed class ImportTests(ITestOutputHelper output) : IDisposable
{
    private const double Tolerance = 1e-4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_ImportedGoldenCheckpoint_ReproducesTheReference()
    {
        using var scope = NewDisposeScope();
        using var golden = SafetensorsFile.Open(Repository.Shared("golden", "rt1", "inference.safetensors"));
        using var inputs = SafetensorsFile.Open(Repository.Shared("golden", "rt1", "inputs.safetensors"));
        Unpack();
        SafetensorsFile.Write(_folder["episode.safetensors"], new Dictionary<string, Tensor>
        {
            ["image"] = golden.Read("image"),
            ["natural_language_embedding"] = inputs.Read("natural_language_embedding")[0],
        });

        Rt1Process.Run("checkpoint", "import", "--from", _folder["google"], "--out", _folder["policy"]).Succeeded();
        var sizes = Rt1Process.Run("checkpoint", "inspect", _folder["policy"], "--json").Succeeded().Json;
        Predict("ours.safetensors");
        Predict("ours.json");

        AssertSizes(sizes, layers: 8, width: 512, heads: 8, keySize: 128, parameters: 35_339_430);
        using var ours = SafetensorsFile.Open(_folder["ours.safetensors"]);
        var error = RelativeError(golden.Read("logits"), ours.Read("logits"));
        output.WriteLine($"logits: relative error {error:e2}");
        Assert.True(error <= Tolerance, $"relative error {error:e2}");
        Assert.Equal(Longs(golden.Read("tokens")), Longs(ours.Read("tokens")));
        foreach (var field in new[] { "world_vector", "rotation_delta", "gripper_closedness_action", "base_displacement_vertical_rotation", "base_displacement_vector" })
            Assert.True(RelativeError(golden.Read($"action_{field}"), ours.Read(field)) <= Tolerance, field);

        using var json = JsonDocument.Parse(File.ReadAllText(_folder["ours.json"]));
        Assert.Equal(ours.Read("logits").data<float>().ToArray(), Numbers(json.RootElement.GetProperty("logits")).Select(v => (float)v));
        Assert.Equal(Longs(ours.Read("tokens")), Numbers(json.RootElement.GetProperty("tokens")).Select(v => (long)v));
    }

    [Theory]
    [InlineData("rt1main", "ckpt-424760.index", 8, 512, 8, 128, 35_339_430)]
    [InlineData("rt1simreal", "ckpt-660240.index", 8, 512, 8, 128, 35_339_430)]
    [InlineData("rt1multirobot", "ckpt-589960.index", 10, 1024, 8, 256, 111_363_238)]
    public void Inspect_PublishedIndex_SizesFromItsShapes(string name, string index, int layers, int width, int heads, int keySize, long parameters)
    {
        var sizes = Rt1Process.Run("checkpoint", "inspect", Repository.Shared("published", name, index), "--json").Succeeded().Json;

        AssertSizes(sizes, layers, width, heads, keySize, parameters);
    }

    [Fact]
    public void Inspect_NoCheckpoint_OneLineThatNamesIt()
    {
        File.WriteAllBytes(_folder["garbage.index"], [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 7))]);
        Directory.CreateDirectory(_folder["empty"]);

        foreach (var path in new[] { "garbage.index", "absent.index", "empty" })
        {
            Assert.Contains(path, Rt1Process.Run("checkpoint", "inspect", _folder[path]).Fault());
            Assert.Contains(path, Rt1Process.Run("checkpoint", "import", "--from", _folder[path], "--out", _folder["out"]).Fault());
        }
        Assert.False(Path.Exists(_folder["out"]));
    }

    [Fact]
    public void Import_IndexWithoutItsData_LeavesNothingBehind()
    {
        var from = Repository.Shared("published", "rt1main", "ckpt-424760.index");

        Assert.Contains("ckpt-424760.data", Rt1Process.Run("checkpoint", "import", "--from", from, "--out", _folder["out"]).Fault());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static void AssertSizes(JsonElement sizes, int layers, int width, int heads, int keySize, long parameters) => Assert.Equal(
        new Dictionary<string, long>
        {
            ["layers"] = layers,
            ["width"] = width,
            ["heads"] = heads,
            ["key_size"] = keySize,
            ["window"] = 6,
            ["tokens_per_image"] = 8,
            ["action_dimensions"] = 11,
            ["vocabulary"] = 256,
            ["parameters"] = parameters,
        },
        sizes.EnumerateObject().ToDictionary(size => size.Name, size => size.Value.GetInt64()));

    private void Predict(string file) =>
        Rt1Process.Run("predict", "--policy", _folder["policy"], "--episode", _folder["episode.safetensors"], "--out", _folder[file]).Succeeded();

    private void Unpack()
    {
        Directory.CreateDirectory(_folder["google"]);
        File.Copy(Repository.Shared("golden", "rt1", "ckpt-1.index"), _folder["google", "ckpt-1.index"]);
        using var packed = new GZipStream(File.OpenRead(Repository.Shared("golden", "rt1", "ckpt-1.data-00000-of-00001.gz")), CompressionMode.Decompress);
        using var data = File.Create(_folder["google", "ckpt-1.data-00000-of-00001"]);
        packed.CopyTo(data);
    }

    private static double RelativeError(Tensor golden, Tensor ours)
    {
        Assert.Equal(golden.shape, ours.shape);
        return ((ours - golden).norm() / golden.norm()).item<float>();
    }

    private static long[] Longs(Tensor tokens) => tokens.to(ScalarType.Int64).flatten().data<long>().ToArray();

    private static IEnumerable<double> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [element.GetDouble()];
}
