using TorchSharp.Modules;
using static TorchSharp.Tests.Reference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>Every module that is used: output, gradients and buffers against PyTorch's numbers.</summary>
public class ModuleTests
{
    private static readonly Dictionary<string, (Func<Module<Tensor, Tensor>> Make, long[]? Shape)> Cases = new()
    {
        ["Linear"] = (() => Linear(3, 2), [4, 3]),
        ["Linear_no_bias"] = (() => Linear(3, 2, hasBias: false), [4, 3]),
        ["Conv1d"] = (() => Conv1d(2, 4, 3, stride: 2, padding: 1, groups: 2), [1, 2, 6]),
        ["Conv2d"] = (() => Conv2d(2, 4, 3, stride: 2, padding: 1, groups: 2), [1, 2, 5, 5]),
        ["Conv2d_reflect"] = (() => Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Reflect), [1, 1, 4, 4]),
        ["BatchNorm1d"] = (() => BatchNorm1d(3), [4, 3]),
        ["BatchNorm2d"] = (() => BatchNorm2d(3, eps: 1e-3, momentum: 0.01), [2, 3, 2, 2]),
        ["BatchNorm2d_eval"] = (() => BatchNorm2d(3), [2, 3, 2, 2]),
        ["LayerNorm"] = (() => LayerNorm(4, eps: 1e-6), [2, 3, 4]),
        ["LayerNorm_2"] = (() => LayerNorm([3, 4]), [2, 3, 4]),
        ["GroupNorm"] = (() => GroupNorm(2, 4), [2, 4, 3]),
        ["Embedding"] = (() => Embedding(4, 3, padding_idx: 1), null),
        ["Sequential"] = (() => Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), SiLU(), Flatten(), Linear(8, 3), GELU()), [2, 1, 4, 4]),
        ["Activations"] = (() => Sequential(ReLU(), Tanh(), Sigmoid(), Dropout(0), Identity(), Softmax(1)), [2, 3]),
        ["Pools"] = (() => Sequential(MaxPool2d(2), AvgPool2d(2, stride: 1), AdaptiveAvgPool2d(1)), [1, 2, 6, 6]),
    };

    public static TheoryData<string> Modules => [.. Names("modules")];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Module_ForwardAndBackward_EqualPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var (make, shape) = Cases[name];
        using var module = make();
        module.train(!name.EndsWith("_eval"));
        foreach (var (parameter, i) in module.parameters().Select((parameter, i) => (parameter, i)))
        {
            using var _ = no_grad();
            parameter.copy_(Fill(parameter.shape, i + 2));
        }
        var input = shape is null ? tensor(new long[,] { { 0, 3, 1 }, { 3, 2, 1 } }) : Fill(shape, 1).requires_grad_();

        var output = module.call(input);
        Backward(output);

        AssertEqual(output, "modules", name, "output");
        foreach (var entry in Names("modules", name).Where(entry => entry != "output"))
        {
            AssertEqual(entry.Split('.', 2) switch
            {
                ["grad"] => input.grad,
                ["grad", var parameter] => module.get_parameter(parameter)?.grad,
                [_, var buffer] => module.get_buffer(buffer),
                _ => null,
            }, "modules", name, entry);
        }
        Assert.Equal(Names("modules", name).Count(entry => entry.StartsWith("grad.")), module.parameters().Count());
        Assert.Equal(Names("modules", name).Count(entry => entry.StartsWith("buffer.")), module.buffers().Count());
    }

    [Fact]
    public void BatchNorm_ThreeBatches_CountsThem()
    {
        using var norm = BatchNorm2d(2);
        for (var i = 0; i < 3; i++)
            norm.call(ones(1, 2, 2, 2)).Dispose();
        norm.eval();
        norm.call(ones(1, 2, 2, 2)).Dispose();
        Assert.Equal(3, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void BatchNorm2d_ThreeDimensions_IsRefused() =>
        Assert.Throws<ArgumentException>(() => BatchNorm2d(2).call(ones(1, 2, 3)));

    [Fact]
    public void Embedding_FromPretrained_KeepsTheTableFrozen()
    {
        using var table = Fill([3, 2], 1);
        using var embedding = Embedding_from_pretrained(table);
        Assert.False(embedding.weight!.requires_grad);
        Assert.True(embedding.weight.allclose(table));
        Assert.False(table.IsInvalid);
    }

    [Fact]
    public void Dropout_InUse_ChangesNothing()
    {
        using var dropout = Dropout(0.9);
        dropout.eval();
        using var x = Fill([10], 1);
        Assert.True(dropout.call(x).allclose(x));
    }

    [Fact]
    public void ForwardHooks_AddedAndRemoved_SeeInputAndResult()
    {
        using var linear = Linear(2, 2);
        Tensor? seen = null;
        var hook = linear.register_forward_hook((_, input, result) => seen = result);
        using var first = linear.call(ones(1, 2));
        Assert.Same(first, seen);
        hook.remove();
        using var second = linear.call(ones(1, 2));
        Assert.Same(first, seen);
    }

    [Fact]
    public void Losses_AsModules_EqualTheFunctions()
    {
        var (logits, target) = (Fill([5, 4], 1), tensor(new long[] { 2, 0, 3, 1, 2 }));
        Assert.Equal(functional.cross_entropy(logits, target, label_smoothing: 0.1).ToSingle(),
            new CrossEntropyLoss(label_smoothing: 0.1).call(logits, target).ToSingle());
        var (a, b) = (Fill([4], 1), Fill([4], 2));
        Assert.Equal(functional.mse_loss(a, b).ToSingle(), MSELoss().call(a, b).ToSingle());
        Assert.Equal(functional.l1_loss(a, b).ToSingle(), L1Loss().call(a, b).ToSingle());
        Assert.Equal(functional.smooth_l1_loss(a, b).ToSingle(), SmoothL1Loss().call(a, b).ToSingle());
        Assert.Equal(functional.binary_cross_entropy_with_logits(a, b).ToSingle(), BCEWithLogitsLoss().call(a, b).ToSingle());
    }
}
