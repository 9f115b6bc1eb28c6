using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;
using Rt1.Model.Tests.Golden;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Checkpoints;

[Collection("golden")]
public sealed class TensorFlowImportTests(ReferenceCheckpoint reference) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDisposable _scope = NewDisposeScope();

    private static readonly NetworkConfig OtherSizes = new()
    {
        Window = 3,
        ContextSize = 24,
        EmbeddingSize = 40,
        TokenLearner = new TokenLearnerConfig { Tokens = 4, HiddenSize = 16 },
        Transformer = new TransformerConfig { Layers = 2, Width = 56, Heads = 3, KeySize = 8 },
    };

    [Fact]
    public void Load_OtherSizes_AreReadFromShapesAndWeightsSurvive()
    {
        using var network = WriteOtherSizes();

        using var imported = TensorFlowImport.Load(_folder.Path);

        Assert.Equal(OtherSizes.Transformer, imported.Config.Network.Transformer);
        Assert.Equal((3, 24, 40, 4), (imported.Config.Network.Window, imported.Config.Network.ContextSize, imported.Config.Network.EmbeddingSize, imported.Config.Network.TokenLearner.Tokens));
        WeightsAssert.Equal(network, imported);
        Assert.Contains("ckpt-7", imported.Config.Provenance.Source);
    }

    [Fact]
    public void Load_MissingVariable_NamesIt()
    {
        WriteOtherSizes(name => name == "_transformer/_layers/1/mha1/_key_dense/bias").Dispose();

        AssertRefused("_layers/1/mha1/_key_dense/bias' is missing");
    }

    [Fact]
    public void Load_OtherLayout_IsRefused()
    {
        BundleWriter.Write(_folder["ckpt-7"], [("model/kernel/.ATTRIBUTES/VARIABLE_VALUE", ones(2, 3))]);

        AssertRefused("layout is unknown");
    }

    [Fact]
    public void Load_AxisOfNoLength_IsRefused()
    {
        const string Name = $"{ReferenceLayout.Prefix}_image_tokenizer/_token_learner/mlp/_output_layer/kernel";
        BundleWriter.Write(_folder["ckpt-7"], [($"{Name}/.ATTRIBUTES/VARIABLE_VALUE", zeros(0, 8))]);

        AssertRefused("of the impossible size [0, 8]");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    public void Read_OffsetBeyondTheDataFile_SaysThatItIsTruncated(long offset)
    {
        BundleWriter.Write(_folder["ckpt-7"], [("a", ones(2))], offset);

        var e = Assert.Throws<CheckpointException>(() => TensorBundle.Open(_folder["ckpt-7.index"]).Read("a", new byte[8]));

        Assert.Contains($"is truncated: 'a' of 8 bytes begins at byte {offset} of 8.", e.Problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-8)]
    public void Inspect_NoActionDimensions_IsRefused(int actionDimensions)
    {
        WriteOtherSizes().Dispose();

        Assert.Throws<CheckpointException>(() => CheckpointInspector.Inspect(_folder.Path, actionDimensions));
    }

    [Fact]
    public void Load_MissingDataFile_NamesIt()
    {
        WriteOtherSizes().Dispose();
        File.Delete(_folder["ckpt-7.data-00000-of-00001"]);

        AssertRefused("'ckpt-7.data-00000-of-00001' is missing");
    }

    [Fact]
    public void Load_TruncatedDataFile_SaysSo()
    {
        WriteOtherSizes().Dispose();
        using (var data = File.OpenWrite(_folder["ckpt-7.data-00000-of-00001"]))
            data.SetLength(data.Length / 2);

        AssertRefused("is truncated");
    }

    [Fact]
    public void Load_FlippedBit_FailsTheTensorsChecksum()
    {
        WriteOtherSizes().Dispose();
        using (var data = File.Open(_folder["ckpt-7.data-00000-of-00001"], FileMode.Open))
        {
            data.Position = data.Length / 2;
            var value = data.ReadByte();
            data.Position--;
            data.WriteByte((byte)(value ^ 1));
        }

        AssertRefused("fails its checksum");
    }

    [Theory]
    [InlineData(0.3, "does not end like")]
    [InlineData(1.0, "fails its checksum")]
    public void Load_DamagedIndex_SaysSo(double keep, string problem)
    {
        WriteOtherSizes().Dispose();
        var index = File.ReadAllBytes(_folder["ckpt-7.index"]);
        index[200] ^= 1;
        File.WriteAllBytes(_folder["ckpt-7.index"], index[..(int)(keep * index.Length)]);

        AssertRefused(problem);
    }

    [Fact]
    public void Load_EmptyFolder_SaysSo() => AssertRefused("holds no TensorFlow checkpoint");

    [Fact]
    public void SavedImport_OfTheReference_LoadsWithEqualWeights()
    {
        var original = reference.Network;
        PolicyCheckpoint.Save(original, _folder["imported"]);

        using var loaded = PolicyCheckpoint.Load(_folder["imported"]);

        Assert.Equal(35_339_430, loaded.FloatCount);
        WeightsAssert.Equal(original, loaded);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private Rt1Network WriteOtherSizes(Func<string, bool>? skip = null)
    {
        var network = new Rt1Network(new PolicyConfig { Network = OtherSizes });
        RandomWeights.Fill(network, seed: 3);
        BundleWriter.Write(_folder["ckpt-7"], network, skip);
        return network;
    }

    private void AssertRefused(string problem) =>
        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => TensorFlowImport.Load(_folder.Path)).Problem);
}
