using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Inference;
using Rt1.Model.Instructions;
using Rt1.Model.Networks;
using Rt1.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Inference;

[Collection("golden")]
public sealed class Rt1PolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDisposable _scope = NewDisposeScope();

    /// <summary>A window of 6 overflows at the seventh step.</summary>
    private const int Steps = 8;

    [Theory]
    [InlineData("rt1-mini")]
    [InlineData("rt1")]
    public void Step_CachedOnePassAndFolded_EqualsTheReferencesLoop(string preset)
    {
        using var noGrad = no_grad();
        using var network = Randomized(preset == "rt1" ? Presets.Rt1 : Presets.Mini);
        var context = randn(1, network.Config.Network.ContextSize);
        using var reference = new ReferenceStepper(network, context);
        using var runner = new PolicyRunner(network);
        runner.Begin(context.data<float>().ToArray());

        foreach (var frame in Frames(network.Config.Image, Steps))
        {
            using var step = NewDisposeScope();
            AssertNear(reference.Step(Image(network.Config.Image, frame)), tensor(runner.Step(frame), [11, 256]));
        }
    }

    [Fact]
    public void Step_FullWindow_EqualsTheBatchForm()
    {
        using var noGrad = no_grad();
        var network = Randomized(Presets.Mini);
        using var runner = new PolicyRunner(network);
        var context = randn(1, 128);
        var frames = Frames(network.Config.Image, 6);
        var batch = network.call(cat([.. frames.Select(f => Image(network.Config.Image, f))], 0).unsqueeze(0), context);

        runner.Begin(context.data<float>().ToArray());

        for (var step = 0; step < 6; step++)
            AssertNear(batch[0, step], tensor(runner.Step(frames[step]), [11, 256]));
    }

    [Fact]
    public void Decide_AskedForAttention_GivesAMapForEachTokenAndTheSameAction()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");
        var plain = policy.Decide(Observe(1));

        policy.GivesAttention = true;
        policy.Begin("pick coke can");
        var decision = policy.Decide(Observe(1));

        Assert.Null(plain.Attention);
        var maps = decision.Attention!;
        Assert.Equal((8, maps.Height * maps.Width * 8), (maps.Count, maps.Weights.Length));
        Assert.All(Enumerable.Range(0, maps.Count), token => Assert.Equal(1, maps.Map(token).ToArray().Sum(), 1e-4));
        Assert.Equal(plain.Logits.ToArray(), decision.Logits.ToArray());
    }

    [Fact]
    public void Begin_AfterSteps_ForgetsTheHistory()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");
        var first = policy.Decide(Observe(1)).Logits.ToArray();
        policy.Decide(Observe(2));

        policy.Begin("pick coke can");

        Assert.Equal(first, policy.Decide(Observe(1)).Logits.ToArray());
    }

    [Fact]
    public void Begin_UnknownInstruction_LeavesThePolicyAsItWas()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");
        policy.Decide(Observe(1));
        using var other = Demo();
        other.Begin("pick coke can");
        other.Decide(Observe(1));

        Assert.Throws<UnknownInstructionException>(() => policy.Begin("dance"));

        Assert.Equal(other.Decide(Observe(2)).Logits.ToArray(), policy.Decide(Observe(2)).Logits.ToArray());
    }

    [Fact]
    public void Decide_BeforeBegin_IsRefused()
    {
        using var policy = Demo();

        Assert.Throws<InvalidOperationException>(() => policy.Decide(Observe(1)));
    }

    [Fact]
    public void Decide_FrameOfAnotherSize_IsRefused()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");

        var e = Assert.Throws<FrameShapeException>(() => policy.Decide(new Observation { Image = new Frame { Width = 4, Height = 2, Pixels = new byte[24] } }));

        Assert.Equal(((192, 192), (2, 4)), (e.Expected, e.Got));
    }

    [Fact]
    public void Decide_FewerPixelsThanItsSize_IsRefusedAndLeavesTheHistory()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");
        var first = policy.Decide(Observe(1)).Logits.ToArray();
        policy.Begin("pick coke can");

        Assert.Throws<ArgumentException>(() => policy.Decide(new Observation { Image = new Frame { Width = 192, Height = 192, Pixels = new byte[192 * 192] } }));

        Assert.Equal(first, policy.Decide(Observe(1)).Logits.ToArray());
    }

    [Fact]
    public void Decide_BrokenEmbedding_IsRefusedRatherThanTakenForTheEnd()
    {
        using var policy = Demo();
        policy.Begin([.. Enumerable.Repeat(float.NaN, 128)]);

        var e = Assert.Throws<Rt1Exception>(() => policy.Decide(Observe(1)));

        Assert.Contains("the logits of terminate_episode must be finite, got NaN", e.Message);
    }

    [Fact]
    public void Decide_RandomWeights_GivesTheActionOfItsTokensInAValidMode()
    {
        using var policy = Demo();
        policy.Begin("open top drawer");

        var decision = policy.Decide(Observe(1));

        Assert.Equal(decision.Action, policy.ActionSpace.Detokenize([.. decision.Tokens]));
        Assert.True(Enum.IsDefined(decision.Action.Mode));
        Assert.Equal("rt1-mini, random weights, seed 1, mode among the valid ones", policy.Description);
    }

    [Fact]
    public void CreateRandom_BankOfAnotherWidth_IsRefused()
    {
        BankInstructionEncoder.Save(_folder["bank"], ["a"], [[1f, 2f]], "a test");
        var config = Presets.Mini with { Instruction = new InstructionConfig { Bank = new FilePath(_folder["bank"]) } };

        Assert.Contains("takes embeddings of 128 numbers", Assert.Throws<Rt1Exception>(() => Rt1Policy.CreateRandom(config, seed: 1)).Message);
    }

    [Fact]
    public void Decide_ManySteps_KeepsTheNumberOfLiveTensorsFlat()
    {
        using var policy = Demo();
        policy.Begin("pick coke can");
        for (var step = 0; step < Steps; step++)
            policy.Decide(Observe(step));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var step = 0; step < 20; step++)
            policy.Decide(Observe(step));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void StepBenchmark_TwoRepeats_FillsEveryFigure()
    {
        var timings = StepBenchmark.Run(Presets.Mini, repeats: 2, TimeProvider.System);

        Assert.All([timings.ImageTokensMs, timings.TransformerMs, timings.StepMs, timings.ReferenceStyleStepMs, timings.GemmGflops], figure => Assert.True(figure > 0));
        Assert.Equal(timings.ReferenceStyleStepMs / timings.StepMs, timings.Ratio, 1e-9);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static Observation Observe(int seed)
    {
        var pixels = new byte[192 * 192 * 3];
        new Random(seed).NextBytes(pixels);
        return new Observation { Image = new Frame { Width = 192, Height = 192, Pixels = pixels } };
    }

    private static byte[][] Frames(ImageConfig image, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var pixels = new byte[image.Height * image.Width * 3];
            random.NextBytes(pixels);
            return pixels;
        })];
    }

    private static Tensor Image(ImageConfig image, byte[] pixels) => tensor(pixels, [1, image.Height, image.Width, 3]);

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        var error = ((actual - expected).norm() / expected.norm()).item<float>();
        Assert.True(error < 1e-4, $"relative error {error:e2}");
    }

    /// <summary>Random weights whose FiLM and statistics are not the identity.</summary>
    private static Rt1Network Randomized(PolicyConfig config)
    {
        var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed: 1);
        random.manual_seed(1);
        foreach (var (name, value) in network.state_dict())
        {
            if (name.Contains("film."))
                value.normal_(0, 0.02);
            else if (name.EndsWith("running_mean"))
                value.normal_(0, 0.1);
            else if (name.EndsWith("running_var"))
                value.uniform_(0.5, 1.5);
        }
        network.eval();
        return network;
    }

    private Rt1Policy Demo()
    {
        BankInstructionEncoder.Save(_folder["bank"], ["pick coke can", "open top drawer"], [new float[128], [.. Enumerable.Repeat(0.1f, 128)]], "a test");
        return Rt1Policy.CreateRandom(Presets.Mini with
        {
            Instruction = new InstructionConfig { Bank = new FilePath(_folder["bank"]) },
            Decode = new DecodeConfig { ValidModes = true },
        }, seed: 1);
    }
}
