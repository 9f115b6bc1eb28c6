#if RT1_SYSTEM_BINDINGS
using System.Runtime.InteropServices;
using Rt1.Bindings.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Any operator of libtorch by its schema name.</summary>
public class DispatcherTests
{
    [Fact]
    public void Call_WithFewerArguments_TakesTheSchemasDefaults()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2f, 2], Dispatcher.Call("add.Tensor", ones(2), ones(2)).data<float>());
        Assert.Equal([3f, 3], Dispatcher.Call("aten::add.Tensor", ones(2), ones(2), 2).data<float>());
        Assert.Equal(4, Dispatcher.Call("sum.dim_IntList", ones([4], int64), 0, Value.Default, Value.None).ToInt32());
    }

    [Fact]
    public void Results_OfEveryKind_Cross()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1L, 1, 1], Dispatcher.CallList("unbind.int", ones(3)).Select(part => part.numel()));
        var (values, indices) = Dispatcher.CallPair("max.dim", arange(3), 0);
        Assert.Equal((2, 2), (values.ToInt32(), indices.ToInt32()));
        Assert.Equal(3, Dispatcher.CallScalar("item", tensor(3)).ToInt32());
        Assert.True(Dispatcher.CallScalar("equal", ones(2), ones(2)).ToBoolean());
        var (q, r) = Dispatcher.CallPair("linalg_qr", eye(2));
        Assert.True(q.matmul(r).allclose(eye(2)));
        var (u, s, v) = Dispatcher.CallTriple("linalg_svd", eye(2) * 3);
        Assert.True(u.matmul(s.diag()).matmul(v).allclose(eye(2) * 3));
    }

    [Fact]
    public void LongLists_BeyondTheStack_Cross()
    {
        using var scope = NewDisposeScope();
        var parts = Enumerable.Range(0, 1000).Select(i => full(1, i)).ToArray();
        Assert.Equal(499_500, Dispatcher.Call("cat", parts).sum().ToInt64());
    }

    [Fact]
    public void Errors_OfCalls_NameTheProblem()
    {
        using var x = ones(2);
        Assert.False(Dispatcher.Has("no_such_operator"));
        Assert.True(Dispatcher.Has("conv2d"));
        Assert.Contains("no_such_operator", Error(() => Dispatcher.Call("no_such_operator", x)));
        Assert.Contains("takes 1 arguments, got 2", Error(() => Dispatcher.Call("relu", x, x)));
        Assert.Contains("argument 'other' has no default", Error(() => Dispatcher.Call("add.Tensor", x)));
        Assert.Throws<InvalidOperationException>(() => Dispatcher.CallPair("relu", x));

        static string Error(Action call) => Assert.Throws<ExternalException>(call).Message;
    }

    [Fact]
    public void LibTorch_About_Itself()
    {
        Assert.True(System.Version.Parse(LibTorch.Version.Split('+')[0]) >= new System.Version(1, 13));
        Assert.Contains("Build settings", LibTorch.Configuration);
        Assert.Contains("ATen/Parallel", LibTorch.ParallelInfo);
        Assert.Equal(cuda.is_available(), LibTorch.HasCuda);
        Assert.StartsWith("lib", LibTorch.BlasLibrary ?? "lib");
    }

    [Fact]
    public void ChannelsLast_OfANetwork_KeepsItsResults()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4));
        network.eval();
        var x = Reference.Fill([1, 3, 6, 6], 1);
        var expected = network.call(x);

        network.Contiguous(MemoryFormat.ChannelsLast);
        var result = network.call(x.Contiguous(MemoryFormat.ChannelsLast));

        Assert.Equal(1, result.stride(1));
        Assert.True(result.allclose(expected, atol: 1e-6));
        Assert.True(network.get_parameter("0.weight")!.requires_grad);
        Assert.Equal(1, network.get_parameter("0.weight")!.stride(1));
    }

    [Fact]
    public void Autocast_UntilDisposed_RunsProductsInTheSmallType()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(4, 2);
        var x = Reference.Fill([3, 4], 1);
        var exact = linear.call(x);
        using (new Autocast(DeviceType.CPU, ScalarType.BFloat16))
        {
            var small = linear.call(x);
            Assert.Equal(ScalarType.BFloat16, small.dtype);
            Assert.True(small.to(float32).allclose(exact, rtol: 0.02, atol: 0.02));
            small.sum().backward();
            using (new Autocast(DeviceType.CPU, ScalarType.BFloat16, enabled: false))
                Assert.Equal(ScalarType.Float32, linear.call(x).dtype);
        }
        Assert.Equal(ScalarType.Float32, linear.call(x).dtype);
        Assert.Equal(ScalarType.Float32, linear.weight.grad!.dtype);
    }

    [Fact]
    public void Threads_Set_AreCounted()
    {
        var before = get_num_threads();
        set_num_threads(before + 1);
        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
    }
}
#endif
