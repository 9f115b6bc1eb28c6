using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class InstructionHarvestTests
{
    [Fact]
    public void Add_SampleDataset_HoldsEachInstructionOnce()
    {
        var dataset = AlignedDataset.Open(
            Repository.File("configs", "datasets", "fractal20220817_data.yaml"), [$"path={Repository.Shared("samples", "fractal20220817_data")}"]);
        var harvest = new InstructionHarvest();
        var episodes = dataset.Read().Select(r => r.Episode!).ToList();

        episodes.ForEach(harvest.Add);

        Assert.Equal(episodes.Select(e => e.Instruction).Distinct().Order(StringComparer.Ordinal), harvest.Instructions);
        Assert.Equal(4, harvest.Instructions.Count);
        foreach (var (instruction, embedding) in harvest.Instructions.Zip(harvest.Embeddings))
            Assert.Equal(episodes.First(e => e.Instruction == instruction).Embedding, embedding);
        Assert.Empty(harvest.Conflicts);
    }

    [Fact]
    public void Add_SameInstructionOtherwiseWritten_IsOneAndConflictsAreNamed()
    {
        var harvest = new InstructionHarvest();
        harvest.Add(Episode("Pick the can.", [1, 2]));
        harvest.Add(Episode("pick  the can", [1, 2.0001f]));
        harvest.Add(Episode("open the drawer", [3, 4]));
        harvest.Add(Episode("Open the drawer", [4, 4]));
        harvest.Add(Episode("", [1, 2]));
        harvest.Add(Episode("no number", [float.NaN, 2]));

        Assert.Equal(["open the drawer", "Pick the can."], harvest.Instructions);
        Assert.Equal(["open the drawer"], harvest.Conflicts);
        Assert.Equal(2, harvest.SkippedCount);
    }

    [Fact]
    public void Add_OtherWidth_IsRefused()
    {
        var harvest = new InstructionHarvest();
        harvest.Add(Episode("a", [1, 2]));

        Assert.Contains("hav", Assert.Throws<Rt1Exception>(() => harvest.Add(Episode("b", [1]))).Message);
    }

    private static AlignedEpisode Episode(string instruction, float[] embedding) => new(new EpisodeSource("f", 0, 0, 0), instruction, embedding, []);
}
