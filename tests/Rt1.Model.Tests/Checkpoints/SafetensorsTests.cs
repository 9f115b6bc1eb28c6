using System.Buffers.Binary;
using System.Text;
using Rt1.Model.Checkpoints;
using Rt1.Testing;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Checkpoints;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDisposable _scope = NewDisposeScope();

    private string FilePath => _folder["file.safetensors"];

    [Fact]
    public void Write_TensorsAndMetadata_ReadBackEqual()
    {
        var numbers = tensor(new[] { 1f, -2.5f, float.MaxValue, 0f, 4f, 5f }, [2, 3]);
        var bytes = tensor(new byte[] { 0, 128, 255 });
        SafetensorsFile.Write(FilePath, [new("numbers", numbers), new("bytes", bytes), new("none", zeros(0, 4))], new Dictionary<string, string> { ["source"] = "a \"test\"" });

        using var file = SafetensorsFile.Open(FilePath);

        Assert.Equal(["numbers", "bytes", "none"], file.Entries.Keys);
        Assert.Equal("a \"test\"", file.Metadata["source"]);
        Assert.Equal([2, 3], file.Read("numbers").shape);
        Assert.Equal(numbers.data<float>().ToArray(), file.Read("numbers").data<float>().ToArray());
        Assert.Equal(bytes.data<byte>().ToArray(), file.Read("bytes").data<byte>().ToArray());
        Assert.Equal([0, 4], file.Read("none").shape);
    }

    [Fact]
    public void Write_TransposedTensor_StoresItsLogicalOrder()
    {
        SafetensorsFile.Write(FilePath, [new("t", tensor(new[] { 1f, 2, 3, 4, 5, 6 }, [2, 3]).t())]);

        using var file = SafetensorsFile.Open(FilePath);

        Assert.Equal([1f, 4, 2, 5, 3, 6], file.Read("t").data<float>().ToArray());
    }

    [Fact]
    public void Open_MissingFile_SaysSo() => AssertRefused("there is no such file");

    [Theory]
    [InlineData(4, "truncated")]
    [InlineData(20, "truncated")]
    [InlineData(-1, "truncated")]
    public void Open_TruncatedFile_SaysSo(int length, string problem)
    {
        SafetensorsFile.Write(FilePath, [new("t", ones(100))]);
        var whole = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, whole[..(length < 0 ? whole.Length + length : length)]);

        AssertRefused(problem);
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "cannot take 4 bytes")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", "cannot take 4 bytes")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1000000000,1000000000,1000000000],"data_offsets":[0,4]}}""", "cannot take 4 bytes")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "impossible offsets")]
    [InlineData("""{"t":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", "unknown type 'F99'")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "neither overlap nor leave gaps")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "appears twice")]
    [InlineData("""{"t":{"dtype":"F32","data_offsets":[0,4]}}""", "not the JSON")]
    [InlineData("""[]""", "not the JSON")]
    [InlineData("""{}""", "4 bytes follow the last tensor")]
    public void Open_HostileHeader_IsRefused(string header, string problem)
    {
        WriteRaw(header, [0, 0, 0, 0]);

        AssertRefused(problem);
    }

    [Fact]
    public void Open_HeaderLongerThanFile_IsRefusedWithoutAllocation()
    {
        File.WriteAllBytes(FilePath, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0]);

        AssertRefused("the header claims");
    }

    [Fact]
    public void Read_UnknownName_NamesIt()
    {
        SafetensorsFile.Write(FilePath, [new("t", ones(1))]);
        using var file = SafetensorsFile.Open(FilePath);

        var e = Assert.Throws<CheckpointException>(() => file.Read("missing"));

        Assert.Contains("'missing'", e.Message);
        Assert.Equal(FilePath, e.Path);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private void AssertRefused(string problem) =>
        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(FilePath)).Problem);

    private void WriteRaw(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(FilePath, [.. length, .. json, .. data]);
    }
}
