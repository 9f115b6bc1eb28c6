using TorchSharp.Modules;
using static TorchSharp.Tests.Reference;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Optimizers over five steps, and schedules over twelve epochs, against PyTorch's numbers.</summary>
public class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter[], OptimizerHelper>> Cases = new()
    {
        ["Adam"] = p => optim.Adam(p, lr: 0.05),
        ["Adam_options"] = p => optim.Adam(p, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-3, weight_decay: 0.1, amsgrad: true),
        ["Adam_maximize"] = p => optim.Adam(p, lr: 0.05, maximize: true),
        ["AdamW"] = p => optim.AdamW(p, lr: 0.05, weight_decay: 0.1),
        ["AdamW_groups"] = p => optim.AdamW(
            [
                new AdamW.ParamGroup([p[0]], new AdamW.Options { weight_decay = 0.3 }),
                new AdamW.ParamGroup([p[1]], lr: 0.5, weight_decay: 0),
            ], lr: 0.05),
        ["SGD"] = p => optim.SGD(p, 0.1),
        ["SGD_momentum"] = p => optim.SGD(p, 0.1, momentum: 0.9, dampening: 0.1, weight_decay: 0.05),
        ["SGD_nesterov"] = p => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true, maximize: true),
    };

    private static readonly Dictionary<string, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler>> SchedulerCases = new()
    {
        ["LambdaLR"] = o => optim.lr_scheduler.LambdaLR(o, epoch => 1.0 / (epoch + 1)),
        ["StepLR"] = o => optim.lr_scheduler.StepLR(o, 3, 0.5),
        ["MultiStepLR"] = o => optim.lr_scheduler.MultiStepLR(o, [2, 5], 0.1),
        ["ExponentialLR"] = o => optim.lr_scheduler.ExponentialLR(o, 0.9),
        ["ConstantLR"] = o => optim.lr_scheduler.ConstantLR(o, 0.5, 3),
        ["LinearLR"] = o => optim.lr_scheduler.LinearLR(o, 0.1, 1, 4),
        ["PolynomialLR"] = o => optim.lr_scheduler.PolynomialLR(o, 5, 2),
        ["CosineAnnealingLR"] = o => optim.lr_scheduler.CosineAnnealingLR(o, 5, 0.1),
        ["SequentialLR"] = o => optim.lr_scheduler.SequentialLR(o, [optim.lr_scheduler.LinearLR(o, 0.1, 1, 4),
            optim.lr_scheduler.CosineAnnealingLR(o, 8)], [4]),
    };

    public static TheoryData<string> Optimizers => [.. Names("optimizers")];

    public static TheoryData<string> Schedules => [.. Names("schedules")];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer_FiveSteps_EqualPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Cases[name](parameters);
        var history = Enumerable.Range(0, 5).Select(step => Step(optimizer, parameters, step)).ToArray();
        AssertEqual(stack(history), "optimizers", name);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Schedule_TwelveEpochs_EqualsPyTorch(string name)
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = optim.SGD([parameter], 0.5);
        var scheduler = SchedulerCases[name](optimizer);
        foreach (var expected in Numbers("schedules", name))
        {
            Assert.Equal(expected, optimizer.ParamGroups.First().LearningRate, 1e-12);
            optimizer.step();
            scheduler.step();
        }
    }

    [Fact]
    public void Schedule_TwoGroups_ScalesEachFromItsOwnRate()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Cases["AdamW_groups"](parameters);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => 1 - (0.1 * epoch));
        scheduler.step();
        Assert.Equal([0.045, 0.45], scheduler.get_last_lr().Select(rate => Math.Round(rate, 12)));
    }

    [Theory]
    [InlineData("Adam_options")]
    [InlineData("AdamW_groups")]
    [InlineData("SGD_momentum")]
    public void LoadStateDict_IntoAFreshOptimizer_ContinuesExactly(string name)
    {
        using var scope = NewDisposeScope();
        var (parameters, copies) = (Parameters(), Parameters());
        using var optimizer = Cases[name](parameters);
        using var fresh = Cases[name](copies);
        for (var step = 0; step < 2; step++)
            Step(optimizer, parameters, step);
        using (no_grad())
        {
            foreach (var (copy, parameter) in copies.Zip(parameters))
                copy.copy_(parameter);
        }

        fresh.load_state_dict(optimizer.state_dict());

        for (var step = 2; step < 5; step++)
            Assert.True(Step(optimizer, parameters, step).Equals(Step(fresh, copies, step)));
    }

    [Fact]
    public void StateDict_OfAdam_NamesEachParametersState()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Cases["AdamW_groups"](parameters);
        Step(optimizer, parameters, 0);
        var state = optimizer.state_dict();
        Assert.Equal([[0], [1]], state.StateIndexRef);
        Assert.Equal([0.3, 0.0], state.Options.Cast<AdamW.Options>().Select(options => options.weight_decay!.Value));
        Assert.All(state.State.Cast<AdamW.State>(), entry => Assert.Equal(1, entry.step));
        Assert.Equal([2L, 3], ((AdamW.State)state.State[0]).exp_avg.shape);
    }

    [Fact]
    public void LoadStateDict_OfOtherGroups_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var two = Cases["AdamW_groups"](Parameters());
        using var one = Cases["AdamW"](Parameters());
        Assert.Throws<ArgumentException>(() => two.load_state_dict(one.state_dict()));
    }

    [Fact]
    public void Step_WithoutGradient_LeavesTheParameter()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = optim.AdamW(parameters, weight_decay: 0.5);
        parameters[1].grad = ones(4);
        optimizer.step();
        Assert.True(parameters[0].Equals(Fill([2, 3], 1)));
        Assert.False(parameters[1].Equals(Fill([4], 2)));
    }

    [Fact]
    public void Step_WithClosure_ReturnsItsLoss()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = optim.SGD(parameters, 0.1);
        var loss = optimizer.step(() =>
        {
            var sum = parameters[0].square().sum();
            sum.backward();
            return sum;
        });
        Assert.Equal(Fill([2, 3], 1).square().sum().ToSingle(), loss!.ToSingle());
        Assert.True(parameters[0].allclose(Fill([2, 3], 1) * 0.8));
    }

    [Fact]
    public void ZeroGrad_AfterBackward_LeavesZeros()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = optim.SGD(parameters, 0.1);
        parameters[0].sum().backward();
        optimizer.zero_grad();
        Assert.Equal(0, parameters[0].grad!.abs().sum().ToSingle());
        Assert.Null(parameters[1].grad);
    }

    [Theory]
    [InlineData(2.0, 2.0)]
    [InlineData(1.0, 3.0)]
    [InlineData(double.PositiveInfinity, 0.5)]
    public void ClipGradNorm_AboveTheLimit_ScalesToIt(double type, double limit)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        foreach (var parameter in parameters)
            parameter.grad = Fill(parameter.shape, 3) * 10;
        var before = cat([.. parameters.Select(parameter => parameter.grad!.flatten())]).norm((float)type).ToSingle();

        var norm = nn.utils.clip_grad_norm_(parameters, limit, type);

        Assert.Equal(before, norm, 1e-3);
        Assert.Equal(limit, cat([.. parameters.Select(parameter => parameter.grad!.flatten())]).norm((float)type).ToSingle(), 1e-4);
    }

    [Fact]
    public void ClipGradNorm_BelowTheLimit_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        parameters[0].grad = Fill([2, 3], 3);
        nn.utils.clip_grad_norm_(parameters, 100);
        Assert.True(parameters[0].grad!.Equals(Fill([2, 3], 3)));
    }

    [Fact]
    public void ClipGradValue_Always_LimitsEachEntry()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        parameters[0].grad = Fill([2, 3], 3);
        nn.utils.clip_grad_value_(parameters, 0.25);
        Assert.True(parameters[0].grad!.Equals(Fill([2, 3], 3).clamp(-0.25, 0.25)));
    }

    private static Parameter[] Parameters() => [new(Fill([2, 3], 1)), new(Fill([4], 2))];

    /// <summary>One step with the gradients of make_reference.py; the parameters afterwards, as one row.</summary>
    private static Tensor Step(optim.Optimizer optimizer, Parameter[] parameters, int step)
    {
        for (var i = 0; i < parameters.Length; i++)
            parameters[i].grad = Fill(parameters[i].shape, 3 + step + (10 * i));
        optimizer.step();
        return cat([.. parameters.Select(parameter => parameter.detach().flatten())]);
    }
}
