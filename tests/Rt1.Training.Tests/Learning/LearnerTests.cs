using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training.Tests;

public class LearnerTests
{
    [Fact]
    public void Step_InTwoParts_HasTheGradientOfTheWhole()
    {
        using var batch = Batches.Random(1);
        using var whole = Learners.Create(Learners.Plain);
        using var parts = Learners.Create(Learners.Plain with { Accumulation = 2 });

        var expected = whole.Step([batch], 1, 1e-3);
        using var first = Batches.Part(batch, 0, 2);
        using var second = Batches.Part(batch, 2, 2);
        var actual = parts.Step([first, second], 1, 1e-3);

        Assert.Equal(expected.Loss, actual.Loss, 1e-5);
        Assert.Equal(expected.GradientNorm, actual.GradientNorm, 1e-4);
        Assert.All(Learners.FirstGradient(whole).Zip(Learners.FirstGradient(parts)), g => Assert.Equal(g.First, g.Second, 1e-5));
    }

    [Fact]
    public void Step_ManyTimes_KeepsNoTensors()
    {
        using var batch = Batches.Random(1);
        using var learner = Learners.Create(Learners.Plain with { FreezeBatchNorm = false });
        var counts = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            learner.Step([batch], i % 2, 1e-3, measure: true);
            counts.Add(Tensor.TotalCount);
        }

        // Other tests run beside this one, so the count may move; a leak would add at least one tensor at every step.
        Assert.True(counts.Skip(1).Min() <= counts[0] + 1, string.Join(", ", counts));
    }

    [Fact]
    public void Step_LossThatIsNotFinite_StopsBeforeTheUpdateAndNamesTheSamples()
    {
        using var batch = Batches.Random(7);
        using var learner = Learners.Create(Learners.Plain);
        learner.Step([batch], 1, 1e-3);
        using (no_grad())
            learner.Network.named_parameters().First(p => p.name == "transformer.output.bias").parameter.fill_(float.NaN);
        var before = (learner.Weights.Values.clone(), learner.Optimizer.Moment1.clone());

        var e = Assert.Throws<NonFiniteLossException>(() => learner.Step([batch], 1, 1e-3));

        Assert.Equal(batch.Samples, e.Samples);
        Assert.Contains("made/7/0/0", e.Message);
        Assert.Equal(1, learner.Steps);
        Assert.True(allclose(learner.Weights.Values, before.Item1, 0, 0));
        Assert.True(allclose(learner.Optimizer.Moment1, before.Item2, 0, 0));
    }

    [Fact]
    public void Step_GradientsThatAreNotFinite_AreZeroedAndCounted()
    {
        using var batch = Batches.Random(1);
        var workers = new FakeWorkers(packed =>
        {
            using var scope = NewDisposeScope();
            packed.mul_(2).narrow(0, 3, 1).fill_(float.NaN);
            packed.narrow(0, 8, 1).fill_(float.PositiveInfinity);
        });
        using var learner = Learners.Create(Learners.Plain, workers);

        var result = learner.Step([batch], 1, 1e-3);

        Assert.Equal(2, result.ZeroedGradients);
        Assert.True(double.IsFinite(result.GradientNorm));
        Assert.Equal([0f, 0f], new[] { 3, 8 }.Select(i => learner.Optimizer.Moment1.data<float>()[i]));
        Assert.True(learner.Weights.Values.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Step_ClipNorm_ShortensTheGradient()
    {
        using var batch = Batches.Random(1);
        var plain = Learners.Plain.Optimizer;
        using var clipped = Learners.Create(Learners.Plain with { Optimizer = plain with { ClipNorm = 0.01 } });
        using var free = Learners.Create(Learners.Plain with { Optimizer = plain with { ClipNorm = null } });

        var norm = free.Step([batch], 1, 1e-3).GradientNorm;
        clipped.Step([batch], 1, 1e-3);

        Assert.Equal(norm, Math.Sqrt(Learners.FirstGradient(free).Sum(g => (double)g * g)), 1e-3 * norm);
        Assert.Equal(0.01, Math.Sqrt(Learners.FirstGradient(clipped).Sum(g => (double)g * g)), 1e-4);
    }

    [Fact]
    public void Step_Ema_IsTheMeanOfTheWeights()
    {
        using var batch = Batches.Random(1);
        using var learner = Learners.Create(Learners.Plain with { FreezeBatchNorm = false });
        var expected = learner.Weights.Values.clone();
        for (var step = 0; step < 3; step++)
        {
            learner.Step([batch], 1, 1e-2);
            var kept = Math.Min(0.9, (1.0 + step) / (10 + step));
            expected.mul_(kept).add_(learner.Weights.Values, 1 - kept);
        }

        Assert.True(allclose(expected, learner.Mean!.Values));
        Assert.False(allclose(learner.Mean.Values, learner.Weights.Values));
        Assert.False(allclose(learner.Mean.Statistics, learner.Weights.Statistics));
    }

    [Fact]
    public void WithMean_Ends_RestoresTheWeights()
    {
        using var batch = Batches.Random(1);
        using var learner = Learners.Create(Learners.Plain with { FreezeBatchNorm = false });
        learner.Step([batch], 1, 1e-2);
        var (before, inside) = (Numbers(learner), Array.Empty<float>());

        learner.WithMean(() => inside = Numbers(learner));

        Assert.NotEqual(before, inside);
        Assert.Equal(before, Numbers(learner));
    }

    [Fact]
    public void Step_SingleStepCurriculum_ChangesTheLossOfLaterSteps()
    {
        using var batch = Batches.Random(1);
        using var alone = Learners.Create(Learners.Plain with { History = new HistoryConfig { SingleStepUntil = 0.5 } });
        using var history = Learners.Create(Learners.Plain with { History = new HistoryConfig { SingleStepUntil = 0.5 } });

        Assert.NotEqual(alone.Step([batch], 0.4, 1e-3).Loss, history.Step([batch], 0.6, 1e-3).Loss);
        Assert.True(alone.Network.SeparateSteps);
        Assert.False(history.Network.SeparateSteps);
    }

#if RT1_SYSTEM_BINDINGS
    [Fact]
    public void Step_Bf16_IsNearFloat32()
    {
        using var batch = Batches.Random(1);
        using var full = Learners.Create(Learners.Plain);
        using var half = Learners.Create(Learners.Plain with { Compute = new ComputeConfig { Threads = 1, Precision = Precision.Bf16 } });

        var (expected, actual) = (full.Step([batch], 1, 1e-3), half.Step([batch], 1, 1e-3));

        Assert.NotEqual(expected.Loss, actual.Loss);
        Assert.Equal(expected.Loss, actual.Loss, 0.05);
        Assert.Equal(expected.GradientNorm, actual.GradientNorm, 0.1 * expected.GradientNorm);
    }
#endif

    [Fact]
    public void Step_ContiguousImages_ComputesTheSame()
    {
        using var batch = Batches.Random(1);
        using var last = Learners.Create(Learners.Plain);
        using var first = Learners.Create(Learners.Plain with { Compute = new ComputeConfig { Threads = 1, ChannelsLast = false } });

        Assert.Equal(last.Step([batch], 1, 1e-3).Loss, first.Step([batch], 1, 1e-3).Loss, 1e-5);
        Assert.All(Learners.FirstGradient(last).Zip(Learners.FirstGradient(first)), g => Assert.Equal(g.First, g.Second, 1e-4));
    }

    private static float[] Numbers(Learner learner) =>
        [.. learner.Network.state_dict().Values.Where(t => t.is_floating_point()).SelectMany(t => t.detach().contiguous().data<float>().ToArray())];
}
