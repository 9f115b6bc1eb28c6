using static TorchSharp.Tests.Reference;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Random numbers: the sequences of PyTorch, and generators that repeat themselves.</summary>
public class RandomTests
{
    private static readonly Dictionary<string, Func<Tensor>> Cases = new()
    {
        ["rand"] = () => rand(5),
        ["randn"] = () => randn(5),
        ["randint"] = () => randint(0, 100, new long[] { 5 }),
        ["randperm"] = () => randperm(6),
        ["normal_"] = () => empty(5).normal_(1, 2),
        ["uniform_"] = () => empty(5).uniform_(-2, 2),
        ["xavier_uniform_"] = () => nn.init.xavier_uniform_(empty(2, 3)),
        ["kaiming_normal_"] = () => nn.init.kaiming_normal_(empty(2, 3), mode: nn.init.FanInOut.FanOut,
            nonlinearity: nn.init.NonlinearityType.ReLU),
        ["trunc_normal_"] = () => nn.init.trunc_normal_(empty(6), std: 0.5, a: -0.6, b: 0.4),
        ["dropout"] = () => nn.functional.dropout(ones(8), 0.5),
        ["Linear"] = () => Flat(nn.Linear(3, 2)),
        ["Conv2d"] = () => Flat(nn.Conv2d(1, 2, 2)),
        ["Embedding"] = () => nn.Embedding(3, 2).weight!,
    };

    public static TheoryData<string> Sequences => [.. Names("random")];

    [Theory]
    [MemberData(nameof(Sequences))]
    public void ManualSeed_SameSeed_GivesPyTorchsNumbers(string name)
    {
        if (name == "trunc_normal_")
            Package.Skip("its truncated normal distribution is another");
        using var scope = NewDisposeScope();
        manual_seed(42);
        AssertEqual(Cases[name](), "random", name);
    }

    [Fact]
    public void Generator_OfItsOwn_RepeatsAndLeavesTheDefaultAlone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var expected = rand(3);
        manual_seed(1);
        using var own = new Generator(7);
        var first = rand(3, generator: own);
        Assert.True(rand(3).Equals(expected));
        Assert.True(rand(3, generator: own.manual_seed(7)).Equals(first));
        Assert.Equal(7, own.initial_seed());
    }

    [Fact]
    public void State_SavedAndRestored_ContinuesTheSequence()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        _ = rand(5, generator: generator);
        var state = generator.get_state();
        var next = randn(5, generator: generator);
        generator.set_state(state);
        Assert.True(randn(5, generator: generator).Equals(next));

        var global = get_rng_state();
        var expected = rand(2);
        set_rng_state(global);
        Assert.True(rand(2).Equals(expected));
    }

    private static Tensor Flat(nn.Module module) => cat([.. module.parameters().Select(parameter => parameter.flatten())]);
}
