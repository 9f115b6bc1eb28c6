using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Making tensors, indexing them, reading them, and the errors of doing so wrongly.</summary>
public class TensorTests
{
    [Fact]
    public void Creation_WithoutType_InfersIt()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, zeros(2, 3).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.5).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Assert.Equal(ScalarType.Int32, tensor(7).dtype);
        Assert.Equal(ScalarType.Float64, tensor(7.0).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Float16, zeros([2], float16).dtype);
    }

    [Fact]
    public void Creation_OfEachKind_HasItsValues()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0f, 0.5f, 1], linspace(0, 1, 3).data<float>());
        Assert.Equal([2L, 4], arange(2, 6, 2).data<long>());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>());
        Assert.Equal([3f, 3], full_like(ones(2), 3).data<float>());
        Assert.Equal([2L, 2], from_array(new[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([1f, 2, 3, 4], tensor(new[] { 1f, 2, 3, 4 }, [2, 2]).data<float>());
        Assert.Equal([1f, 2], tensor(new[] { 1.0, 2 }, dtype: float32).data<float>());
        Assert.Empty(tensor(1.5f).shape);
        Assert.True(rand(100).lt(1).all().ToBoolean());
        Assert.Equal(6, randint(3, 4, new long[] { 2, 1 }).sum().ToInt32());
    }

    [Fact]
    public void Copy_OfAnArray_DoesNotShareIt()
    {
        var array = new[] { 1f, 2 };
        using var copy = tensor(array);
        array[0] = 9;
        Assert.Equal([1f, 2], copy.data<float>());
    }

    [Fact]
    public void Indexers_ReadAndWrite_AsInPython()
    {
        using var scope = NewDisposeScope();
        var x = arange(12).view(3, 4);
        Assert.Equal(6, x[1, 2].ToInt64());
        Assert.Equal([8L, 9, 10, 11], x[-1].data<long>());
        Assert.Equal([2L, 6], x[..2, 2].data<long>());
        Assert.Equal([1L, 3], x[0, TensorIndex.Slice(1, null, 2)].data<long>());
        Assert.Equal([3L, 7, 11], x[TensorIndex.Ellipsis, -1].data<long>());
        Assert.Equal([3L, 1, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([9L, 10, 11], x[x > 8].data<long>());
        Assert.Equal([11L, 0], x[tensor(new long[] { 2, 0 }), tensor(new long[] { 3, 0 })].data<long>());

        x[0, 0] = 100;
        x[1.., TensorIndex.Slice(2)] = tensor(-1);
        x[TensorIndex.Tensor(x == 5)] = tensor(50L);
        Assert.Equal([100L, 1, 2, 3, 4, 50, -1, -1, 8, 9, -1, -1], x.data<long>());
    }

    [Fact]
    public void Views_OfOneMemory_SeeEachOther()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        x.view(6)[5] = 1f;
        x.select(0, 0).fill_(2);
        x.t()[1, 0] = 3f;
        Assert.Equal([2f, 3, 2, 0, 0, 1], x.data<float>());
        Assert.False(x.t().is_contiguous());
        Assert.Equal([1L, 3], x.t().stride());
        Assert.Equal([2f, 0, 3, 0, 2, 1], x.t().contiguous().data<float>());
    }

    [Fact]
    public void Accessor_OfStridedMemory_ReadsInOrder()
    {
        using var scope = NewDisposeScope();
        var data = arange(6).view(2, 3).t().data<long>();
        Assert.Equal([0L, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal((4, 3), (data[1, 1], data[1]));
        data[2, 0] = 20;
        Assert.Equal(20, data[4]);
        Assert.Equal(3, data.ToNDArray().GetLength(0));
        Assert.Throws<IndexOutOfRangeException>(() => data[6]);
    }

    [Fact]
    public void Bytes_OfATensor_AreItsMemory()
    {
        using var x = tensor(new[] { 1, 2 });
        Assert.Equal([1, 0, 0, 0, 2, 0, 0, 0], x.bytes.ToArray());
        x.bytes[4] = 7;
        Assert.Equal([1, 7], x.data<int>());
    }

    [Fact]
    public void Conversions_ToOtherTypes_KeepValues()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.75f, -2 });
        Assert.Equal([1L, -2], x.to(int64).data<long>());
        Assert.Equal([true, true], x.@bool().data<bool>());
        Assert.Equal(1.75, (double)x[0]);
        Assert.Equal(-2, x[1].ToInt32());
        Assert.Equal(x.to(bfloat16).dtype, bfloat16);
        Assert.Equal([1.75f, -2], x.half().to(float32).data<float>());
    }

    [Fact]
    public void InPlace_Operators_ReturnTheTensorItself()
    {
        using var x = ones(2);
        Assert.Same(x, x.add_(1).mul_(3).div_(2).sub_(1).clamp_(0, 1.5).neg_().exp_());
        x.zero_();
        Assert.Equal([0f, 0], x.data<float>());
    }

    [Fact]
    public void Comparison_Operators_GiveMasks()
    {
        using var scope = NewDisposeScope();
        var x = arange(4);
        Assert.Equal([true, true, false, false], (x < 2).data<bool>());
        Assert.Equal([false, false, true, true], (x >= 2).data<bool>());
        Assert.Equal([false, true, false, true], (x % 2 == 1).data<bool>());
        Assert.Equal([true, false, true, true], ((x < 1) | ~(x < 2)).data<bool>());
        Assert.True(isnan(tensor(float.NaN)).ToBoolean());
        Assert.False(isfinite(tensor(float.PositiveInfinity)).ToBoolean());
        Assert.True((x != 7).all().ToBoolean());
    }

    [Fact]
    public void NativeErrors_OfOperators_ComeWithLibtorchsMessage()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones(2, 3).view(7));
        Assert.Equal("shape '[7]' is invalid for input of size 6", error.Message.Split('\n')[0]);
        error = Assert.Throws<ExternalException>(() => ones(2, 3).add(ones(4)));
        Assert.StartsWith("The size of tensor a (3) must match the size of tensor b (4)", error.Message);
    }

    [Fact]
    public void Reads_OfTheWrongKind_AreRefused()
    {
        using var x = ones(2);
        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
        Assert.Throws<ArgumentException>(() => x[0].item<double>());
    }

    [Fact]
    public void Device_OfATensor_IsTheCpu()
    {
        using var x = ones(1);
        Assert.Equal((DeviceType.CPU, "cpu"), (x.device_type, x.device.ToString()));
        Assert.Equal("[1], type = Float32, device = cpu", x.ToString());
        Assert.ThrowsAny<Exception>(() => device("gpu"));
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
    }

    [Fact]
    public void Device_ByDescription_NamesKindAndIndex()
    {
        Package.Skip("it starts CUDA when a CUDA device is named");
        Assert.Equal((DeviceType.CUDA, 1), (device("cuda:1").type, device("cuda:1").index));
        Assert.Equal("cuda:0", CUDA.ToString());
        Assert.Throws<ArgumentException>(() => device("cuda:one"));
        Assert.False(Equals(device("cpu").index, device("cuda").index));
    }
}
