using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;
using Rt1.Testing;

namespace Rt1.Model.Tests.Checkpoints;

public sealed class CheckpointInspectorTests
{
    [Theory]
    [InlineData("rt1main", "ckpt-424760.index", 8, 512, 128, 35_339_430)]
    [InlineData("rt1simreal", "ckpt-660240.index", 8, 512, 128, 35_339_430)]
    [InlineData("rt1multirobot", "ckpt-589960.index", 10, 1024, 256, 111_363_238)]
    public void Inspect_PublishedIndexAlone_GivesItsSizes(string name, string index, int layers, int width, int keySize, long parameters)
    {
        var sizes = CheckpointInspector.Inspect(Repository.Shared("published", name, index));

        Assert.Equal(new CheckpointSizes(layers, width, 8, keySize, 6, 8, 11, 256, parameters), sizes);
    }

    [Theory]
    [InlineData("rt1main", "ckpt-424760.index")]
    [InlineData("rt1simreal", "ckpt-660240.index")]
    [InlineData("rt1multirobot", "ckpt-589960.index")]
    public void PublishedIndex_EveryVariable_FitsOurNetwork(string name, string index)
    {
        var bundle = TensorBundle.Open(Repository.Shared("published", name, index));
        var (sizes, _) = ReferenceSizes.Derive(bundle, actionTokens: 11);
        using var network = new Rt1Network(new PolicyConfig { Network = sizes });

        TensorFlowImport.Check(bundle, network.state_dict(), ReferenceLayout.Of(sizes));

        Assert.Equal(ReferenceSizes.CountFloats(bundle), network.FloatCount);
    }

    [Fact]
    public void Inspect_ExportedPolicy_IsRefusedWithARemedy()
    {
        var e = Assert.Throws<CheckpointException>(() => CheckpointInspector.Inspect(Repository.Shared("published", "rt1main", "variables.index")));

        Assert.Contains("use the training checkpoint", e.Message);
    }

    [Fact]
    public void Inspect_WrongActionCount_SaysSo()
    {
        var index = Repository.Shared("published", "rt1main", "ckpt-424760.index");

        Assert.Contains("114 positions", Assert.Throws<CheckpointException>(() => CheckpointInspector.Inspect(index, actionDimensions: 10)).Message);
    }

    [Fact]
    public void Inspect_OurFolder_GivesItsSizes()
    {
        using var folder = new TemporaryFolder();
        using var network = new Rt1Network(Presets.Mini);
        PolicyCheckpoint.Save(network, folder["mini"]);

        Assert.Equal(new CheckpointSizes(4, 128, 4, 32, 6, 8, 11, 256, network.FloatCount), CheckpointInspector.Inspect(folder["mini"]));
    }

    [Fact]
    public void Inspect_NoSuchPath_SaysSo() =>
        Assert.Contains("no such file", Assert.Throws<CheckpointException>(() => CheckpointInspector.Inspect("/nowhere/ckpt-1.index")).Message);
}
