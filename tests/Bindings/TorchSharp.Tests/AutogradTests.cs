using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>What is recorded for the backward pass, and what becomes of gradients.</summary>
public class AutogradTests
{
    [Fact]
    public void NoGrad_UntilDisposed_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        Assert.True((x * 2).requires_grad);
        using (set_grad_enabled(false))
            Assert.False((x * 2).requires_grad);
    }

    [Fact]
    public void InferenceMode_ItsTensors_NeverTakePart()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        Tensor y;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            y = x * 2;
        }
        Assert.False(is_inference_mode_enabled());
        Assert.Throws<ExternalException>(() => (x * y).sum().backward());
    }

    [Fact]
    public void Backward_Twice_AddsUpGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2 }, requires_grad: true);
        (x * x).sum().backward();
        (x * 3).sum().backward();
        Assert.Equal([5f, 7], x.grad!.data<float>());
    }

    [Fact]
    public void Backward_OfAFreedGraph_FailsUnlessRetained()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        var error = Assert.Throws<ExternalException>(() => y.backward());
        Assert.StartsWith("Trying to backward through the graph a second time", error.Message);
    }

    [Fact]
    public void Backward_OfManyNumbers_NeedsTheirGradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Throws<ExternalException>(() => (x * 2).backward());
        (x * 2).backward([tensor(new[] { 1f, 10 })]);
        Assert.Equal([2f, 20], x.grad!.data<float>());
    }

    [Fact]
    public void Grad_OfTwoInputs_LeavesTheLeavesAlone()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(2f, requires_grad: true), tensor(3f, requires_grad: true));
        var gradients = autograd.grad([x * x * y], [x, y]);
        Assert.Equal([12f, 4f], gradients.Select(gradient => gradient.ToSingle()));
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_OfAnUnusedInput_IsNullWhereAllowed()
    {
        Package.Skip("it returns an invalid tensor");
        using var scope = NewDisposeScope();
        var (x, unused) = (tensor(2f, requires_grad: true), tensor(1f, requires_grad: true));
        Assert.Null(autograd.grad([x * x], [unused], retain_graph: true, allow_unused: true)[0]);
        Assert.Throws<ExternalException>(() => autograd.grad([x * x], [unused]));
    }

    [Fact]
    public void Grad_OfAGrad_IsTheSecondDerivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2f, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Assert.Equal(12, autograd.grad([first], [x])[0].ToSingle());
    }

    [Fact]
    public void RetainGrad_OfAnIntermediate_KeepsItsGradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = x * 2;
        Assert.False(y.is_leaf);
        y.retain_grad();
        (y * y).sum().backward();
        Assert.Equal(4, y.grad!.ToSingle());
    }

    [Fact]
    public void Detach_OfAResult_SharesMemoryOutsideTheGraph()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = (x * 2).detach();
        Assert.False(y.requires_grad);
        y.zero_();
        Assert.True(x.detach().Equals(ones(2)));
    }

    [Fact]
    public void ZeroGrad_OfAModule_ForgetsOrZeroes()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 1);
        linear.call(ones(1, 2)).sum().backward();
        linear.zero_grad(set_to_none: false);
        Assert.Equal(0, linear.weight.grad!.abs().sum().ToSingle());
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
    }

    [Fact]
    public void ParameterWithoutGradient_Frozen_GetsNone()
    {
        using var scope = NewDisposeScope();
        var frozen = new Parameter(ones(2), requires_grad: false);
        var trained = new Parameter(ones(2));
        (frozen * trained).sum().backward();
        Assert.Null(frozen.grad);
        Assert.NotNull(trained.grad);
    }
}
