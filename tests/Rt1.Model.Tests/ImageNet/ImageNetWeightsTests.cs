using System.IO.Compression;
using System.Text.Json;
using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.ImageNet;
using Rt1.Model.Networks;
using Rt1.Model.Tests.Golden;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.ImageNet;

[Collection("golden")]
public sealed class ImageNetWeightsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDisposable _scope = NewDisposeScope();

    [Fact]
    public void Load_TimmWeights_ReproducesTimmsFeatures()
    {
        var path = _folder["tf_efficientnet_b3.safetensors"];
        using (var packed = new GZipStream(File.OpenRead(Repository.Shared("golden", "imagenet-b3", "timm-tf_efficientnet_b3.safetensors.gz")), CompressionMode.Decompress))
        using (var file = File.Create(path))
            packed.CopyTo(file);
        using var golden = SafetensorsFile.Open(Repository.Shared("golden", "imagenet-b3", "features.safetensors"));
        using var network = new Rt1Network(new PolicyConfig());
        using var noGrad = no_grad();
        RandomWeights.Fill(network, seed: 1);                                                             // FiLM at zero passes the features through

        var note = ImageNetWeights.Load(network, path);
        network.eval();
        var features = network.ImageTokenizer.Backbone.call(network.ImageTokenizer.Normalize(golden.Read("image")), zeros(2, 512));

        Assert.Null(note);
        new GoldenAssert("imagenet-b3", output).Near("features", golden.Read("features"), features);
    }

    [Theory]
    [InlineData("timm-tf_efficientnet_b3.json")]
    [InlineData("timm-efficientnet_b3.json")]
    [InlineData("torchvision-efficientnet_b3.json")]
    public void Layout_PublishedNames_AreAllUsedInTheirShapes(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.Shared("published", file)));
        var published = json.RootElement.GetProperty("tensors").EnumerateObject()
            .Where(t => !t.Name.Contains("classifier") && !t.Name.EndsWith("num_batches_tracked"))
            .ToDictionary(t => t.Name, t => t.Value.EnumerateArray().Select(size => size.GetInt64()).ToArray());
        ImageNetLayout layout = file.StartsWith("timm") ? new TimmLayout() : new TorchvisionLayout();
        var config = new BackboneConfig();
        using var backbone = new FilmEfficientNet(config, contextSize: 4);
        var state = backbone.state_dict();

        var pairs = layout.Of(config).ToList();

        Assert.Equal(published.Keys.Order(StringComparer.Ordinal), pairs.Select(p => p.Theirs).Order(StringComparer.Ordinal));
        Assert.All(pairs, p => Assert.Equal(published[p.Theirs], state[p.Ours].shape));
    }

    [Fact]
    public void Load_OtherFile_IsRefused()
    {
        SafetensorsFile.Write(_folder["other.safetensors"], [new("weight", ones(2))]);
        using var network = new Rt1Network(Presets.Mini);

        var e = Assert.Throws<CheckpointException>(() => ImageNetWeights.Load(network, _folder["other.safetensors"]));

        Assert.Contains("layout is unknown", e.Message);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }
}
