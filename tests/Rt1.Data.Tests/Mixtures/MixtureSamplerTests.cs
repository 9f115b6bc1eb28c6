using Rt1.Configuration;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class MixtureSamplerTests
{
    [Theory]
    [InlineData(48, new[] { 2, 1 }, new[] { 32, 16 })]
    [InlineData(6, new[] { 4, 2 }, new[] { 4, 2 })]
    [InlineData(10, new[] { 1, 1, 3 }, new[] { 2, 2, 6 })]
    public void Shares_SizeThatFits_HoldsTheWeightsExactly(int size, int[] weights, int[] shares) => Assert.Equal(shares, BatchShares.Of(weights, size));

    [Theory]
    [InlineData(50, "48 or 51")]
    [InlineData(2, "example 3.")]
    public void Shares_SizeThatDoesNotFit_IsRefusedWithTheNearest(int size, string nearest) =>
        Assert.Contains(nearest, Assert.Throws<Rt1Exception>(() => BatchShares.Of([2, 1], size)).Message);

    [Fact]
    public void Windows_EpisodesLongerThanTheWindow_DrawNoStepTooRarelyOrTooOften()
    {
        foreach (var (length, window) in from length in Enumerable.Range(6, 60) from window in new[] { 1, 2, 6 } select (length, window))
        {
            var draws = new int[length];
            foreach (var drawn in Window.Of(Episode(length), window))
            {
                for (var place = 0; place < window; place++)
                    draws[drawn.Start + place]++;
            }
            Assert.InRange(draws.Min(), draws.Average() / 2, draws.Average());
            Assert.InRange(draws.Max(), draws.Average(), draws.Average() * 2);
        }
    }

    [Fact]
    public void Windows_EpisodeShorterThanTheWindow_ArePaddedAtTheEnd()
    {
        var window = Window.Of(Episode(2), 6).Distinct().Single();

        Assert.Equal([true, true, false, false, false, false], Enumerable.Range(0, 6).Select(place => window[place] is not null));
    }

    [Fact]
    public void Next_TwoDatasets_HoldsTheRatioInEveryBatchAndEachWindowOnceAnEpoch()
    {
        using var temporary = new TemporaryFolder();
        using var sampler = new MixtureSampler(Config(temporary), 6);
        var samples = Draw(sampler, 60, batch =>
        {
            Assert.Equal(["a", "a", "a", "a", "b", "b"], batch.Samples.Select(s => s.Dataset));
            for (var i = 0; i < batch.Size; i++)
                CheckSample(batch, i);
        });

        // Dataset a has episodes of 1 to 8 steps, twice; a window of 3 has length + 2 places to start.
        var epoch = 2 * Enumerable.Range(1, 8).Sum(length => length + 2);
        var first = samples.Where(s => s.Dataset == "a").Take(epoch).ToList();
        foreach (var (episode, windows) in first.GroupBy(s => (s.Shard, s.Record)).Select(g => (g.Key, g.Select(s => s.Start).ToList())))
            Assert.Equal(Window.Of(Episode(windows.Count - 2), 3).Select(w => w.Start).Order(), windows.Order());
        Assert.Equal(16, first.DistinctBy(s => (s.Shard, s.Record)).Count());
        Assert.NotEqual(first, samples.Where(s => s.Dataset == "a").Skip(epoch).Take(epoch));
    }

    [Fact]
    public void Next_AnyNumberOfThreads_GivesTheSameBatches()
    {
        using var temporary = new TemporaryFolder();
        var config = Config(temporary) with { Augmentation = new AugmentationConfig { PadHeight = 0.2, PadWidth = 0.2, Brightness = 0.2, Contrast = 0.2, Cutout = 0.3 } };
        var all = new List<(List<SampleId> Samples, List<byte[]> Images)>();
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var sampler = new MixtureSampler(config, 6, new SamplerOptions { Threads = threads, BatchesAhead = threads });
            var images = new List<byte[]>();
            all.Add((Draw(sampler, 30, batch => images.Add(batch.Images.ToArray())), images));
        }

        Assert.All(all, run => Assert.Equal(all[0].Samples, run.Samples));
        Assert.All(all, run => Assert.Equal(all[0].Images, run.Images));
    }

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(2000)]
    public void Next_FramesKeptInMemory_GivesTheSameBatches(long bytes)
    {
        using var temporary = new TemporaryFolder();
        var config = OneDataset(temporary, bad: 1, limit: 0.1);
        var all = new List<(List<SampleId> Samples, List<byte[]> Images)>();
        foreach (var cache in new[] { 0, bytes })
        {
            using var sampler = new MixtureSampler(config, 2, new SamplerOptions { Threads = 2, CacheBytes = cache });
            var images = new List<byte[]>();
            all.Add((Draw(sampler, 40, batch => images.Add(batch.Images.ToArray())), images));
        }

        Assert.Equal(all[0].Samples, all[1].Samples);
        Assert.Equal(all[0].Images, all[1].Images);
    }

    [Fact]
    public void Cache_FrameOfWhichItHasACopy_IsNotDecodedAgain()
    {
        var cache = new FrameCache(capacity: 2);
        var episode = Episode(2);
        var decoded = 0;
        byte[] target = [0];
        for (var i = 0; i < 3; i++)
            cache.Get("a", episode, 0, target, (_, pixels) => (pixels[0], decoded) = (7, decoded + 1));
        cache.Get("a", episode, 1, target, (_, _) => decoded++);
        cache.Get("b", episode, 0, target, (_, _) => decoded++);
        cache.Get("b", episode, 0, target, (_, _) => decoded++);

        Assert.Equal((4, 2), (decoded, cache.Used));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(29)]
    [InlineData(40)]
    public void Resume_FromAnyBatch_GoesOnAsIfNeverStopped(int stop)
    {
        using var temporary = new TemporaryFolder();
        var config = Config(temporary);
        using var whole = new MixtureSampler(config, 6);
        var expected = Draw(whole, stop + 30, _ => { }).Skip(6 * stop);
        string state = "";
        using (var first = new MixtureSampler(config, 6, new SamplerOptions { BatchesAhead = 3 }))
            Draw(first, stop, batch => state = batch.State.ToJson());

        using var second = new MixtureSampler(config, 6, new SamplerOptions { Threads = 1 }, MixtureState.FromJson(state));

        Assert.True(state.Length < 500, state);
        Assert.Equal(expected, Draw(second, 30, _ => { }));
    }

    [Fact]
    public void Next_SeveralWorkers_DealOutTheBatchOfOne()
    {
        using var temporary = new TemporaryFolder();
        var config = Config(temporary);
        using var alone = new MixtureSampler(config, 12);
        var workers = Enumerable.Range(0, 2).Select(rank => new MixtureSampler(config, 6, new SamplerOptions { Rank = rank, WorkerCount = 2 })).ToList();

        // Many epochs of both datasets, whose windows are no multiple of a batch.
        for (var i = 0; i < 60; i++)
        {
            using var whole = alone.Next();
            var parts = workers.Select(worker => worker.Next()).ToList();
            Assert.Equal(["a", "a", "a", "a", "b", "b"], parts[1].Samples.Select(s => s.Dataset));
            Assert.Equal(Sorted(whole.Samples), Sorted(parts.SelectMany(part => part.Samples)));
            Assert.All(parts, part => Assert.Equal(whole.State.ToJson(), part.State.ToJson()));
            parts.ForEach(part => part.Dispose());
        }
        workers.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public void Resume_WithAnotherNumberOfWorkers_GoesOnWithTheSameSamples()
    {
        using var temporary = new TemporaryFolder();
        var config = Config(temporary);
        using var alone = new MixtureSampler(config, 6);
        var expected = Draw(alone, 33, _ => { }).Skip(6 * 13);
        var state = new MixtureState();
        using (var first = new MixtureSampler(config, 3, new SamplerOptions { Rank = 1, WorkerCount = 2 }))
            Draw(first, 13, batch => state = batch.State);

        using var second = new MixtureSampler(config, 6, resume: state);

        Assert.Equal(expected, Draw(second, 20, _ => { }));
    }

    [Fact]
    public void Next_BadEpisodesWithinTheLimit_AreLeftOutAndCounted()
    {
        using var temporary = new TemporaryFolder();
        var config = OneDataset(temporary, bad: 2, limit: 0.2);
        using var sampler = new MixtureSampler(config, 2);

        var state = new MixtureState();
        var samples = Draw(sampler, 60, batch => state = batch.State);

        Assert.DoesNotContain(samples, s => s.Record is 3 or 7);
        Assert.Equal(8, samples.DistinctBy(s => s.Record).Count());
        Assert.Equal(["small-train.tfrecord-00000-of-00001#3", "small-train.tfrecord-00000-of-00001#7"], state.Bad["only"]);
    }

    [Fact]
    public void Next_MoreBadEpisodesThanTheLimit_StopsAndNamesTheLast()
    {
        using var temporary = new TemporaryFolder();
        using var sampler = new MixtureSampler(OneDataset(temporary, bad: 2, limit: 0.1), 2);

        var fault = Assert.Throws<TooManyFaultsException>(() => Draw(sampler, 60, _ => { }));

        Assert.Contains("2 of 10 episodes are unusable", fault.Message);
        Assert.NotNull(fault.Last.Offset);
        Assert.Throws<TooManyFaultsException>(() => sampler.Next());
    }

    [Fact]
    public void Next_NothingUsable_SaysSo()
    {
        using var temporary = new TemporaryFolder();
        var config = OneDataset(temporary, bad: 0, limit: 1);
        var entry = config.Datasets["only"];
        var filtered = entry with { Dataset = entry.Dataset with { Filters = [new EpisodeFilter { Source = "id", Equal = -1 }] } };
        using var sampler = new MixtureSampler(config with { Datasets = new Dictionary<string, MixtureEntry> { ["only"] = filtered } }, 2);

        Assert.Contains("no episode of split 'train' can be used", Assert.Throws<DataFaultException>(() => sampler.Next()).Message);
    }

    [Fact]
    public void Next_ShippedMixtureOnTheSamples_GivesDecodedBatches()
    {
        var config = Config<MixtureConfig>(Repository.File("configs", "mixtures", "edr-kuka.yaml"),
            $"datasets.edr.dataset.path={Repository.Shared("samples", "fractal20220817_data")}",
            $"datasets.kuka.dataset.path={Repository.Shared("samples", "kuka")}");
        using var sampler = new MixtureSampler(config, 6);

        using var batch = sampler.Next();

        Assert.Equal((6, 6, 256, 320), (batch.Size, batch.Steps, batch.Height, batch.Width));
        Assert.Equal(["edr", "edr", "edr", "edr", "kuka", "kuka"], batch.Samples.Select(s => s.Dataset));
        Assert.Equal(["pick anything", "pick anything"], batch.Instructions[4..]);
        Assert.All(batch.Embeddings, e => Assert.Equal(512, e!.Length));
        Assert.Contains(batch.Images.ToArray(), b => b > 100);
    }

    private static IEnumerable<string> Sorted(IEnumerable<SampleId> samples) => samples.Select(s => s.ToString()).Order(StringComparer.Ordinal);

    private static MixtureConfig Config(TemporaryFolder temporary)
    {
        if (!Directory.Exists(temporary["a"]))
        {
            SmallDataset.Write(temporary["a"], Enumerable.Range(0, 16).Select(i => SmallDataset.Episode(i, steps: 1 + i % 8)), maxShardBytes: 3000);
            SmallDataset.Write(temporary["b"], Enumerable.Range(100, 5).Select(i => SmallDataset.Episode(i, steps: 4)));
        }
        return Mixture(("a", 2, temporary["a"]), ("b", 1, temporary["b"]));
    }

    private static MixtureConfig OneDataset(TemporaryFolder temporary, int bad, double limit)
    {
        SmallDataset.Write(temporary["d"], Enumerable.Range(0, 10).Select(i =>
            SmallDataset.Episode(i, steps: 4, image: (i == 3 && bad > 0) || (i == 7 && bad > 1) ? [1, 2, 3] : null)));
        return Mixture(("only", 1, temporary["d"])) with { MaxBadFraction = limit };
    }

    private static MixtureConfig Mixture(params (string Name, int Weight, string Folder)[] datasets) => new()
    {
        Datasets = datasets.ToDictionary(d => d.Name, d => new MixtureEntry { Weight = d.Weight, Dataset = SmallDataset.Config(d.Folder) }),
        Window = 3,
        ImageHeight = 8,
        ImageWidth = 12,
        Shuffle = new ShuffleConfig { Seed = 5, Shards = 3, Episodes = 6 },
    };

    private static T Config<T>(string file, params string[] overrides) where T : class => Configuration.Config.Load<T>(file, overrides);

    private static List<SampleId> Draw(MixtureSampler sampler, int batches, Action<WindowBatch> look)
    {
        var samples = new List<SampleId>();
        for (var i = 0; i < batches; i++)
        {
            using var batch = sampler.Next();
            samples.AddRange(batch.Samples);
            look(batch);
        }
        return samples;
    }

    // The action is (episode, step, 0.5), so a sample says which steps it really holds.
    private static void CheckSample(WindowBatch batch, int sample)
    {
        var valid = batch.IsValid.AsSpan(sample * 3, 3).ToArray();
        var actions = batch.Actions.AsSpan(sample * 3, 3).ToArray();
        Assert.True(valid[0]);
        Assert.Equal(valid.Order().Reverse(), valid);
        foreach (var (place, action) in actions.Index().Where(a => valid[a.Index]))
            Assert.Equal((actions[0].WorldVector.X, batch.Samples[sample].Start + place), (action.WorldVector.X, (int)action.WorldVector.Y));
    }

    private static AlignedEpisode Episode(int steps) => new(
        new EpisodeSource("", 0, 0, 0), "", null, [.. Enumerable.Range(0, steps).Select(_ => new AlignedStep(null!, RobotAction.Terminate))]);
}
