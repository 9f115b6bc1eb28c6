using System.Numerics;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class EpisodeAlignerTests
{
    [Fact]
    public void Align_Edr_GivesTheStoredActionDict()
    {
        var dataset = Open("fractal20220817_data", "fractal20220817_data");
        var stored = dataset.Dataset.Read(dataset.Split).Select(r => r.OrThrow()).ToList();

        var modes = new HashSet<ControlMode>();
        foreach (var (episode, aligned) in stored.Zip(dataset.Read().Select(r => r.Episode!)))
        {
            Assert.Equal(episode.Steps.Count, aligned.Steps.Count);
            Assert.Equal(episode.Steps[0].Get<TextValue>("observation/natural_language_instruction").Text, aligned.Instruction);
            Assert.Equal(episode.Steps[0].Get<TensorValue>("observation/natural_language_embedding").As<float>().ToArray(), aligned.Embedding);
            foreach (var (step, action) in episode.Steps.Zip(aligned.Steps.Select(s => s.Action)))
            {
                Assert.Equal(Numbers(step, "world_vector"), [action.WorldVector.X, action.WorldVector.Y, action.WorldVector.Z]);
                Assert.Equal(Numbers(step, "rotation_delta"), [action.RotationDelta.X, action.RotationDelta.Y, action.RotationDelta.Z]);
                Assert.Equal(Numbers(step, "gripper_closedness_action"), [action.GripperClosednessAction]);
                Assert.Equal(Numbers(step, "base_displacement_vertical_rotation"), [action.BaseDisplacementVerticalRotation]);
                Assert.Equal(Numbers(step, "base_displacement_vector"), [action.BaseDisplacementVector.X, action.BaseDisplacementVector.Y]);
                Assert.Equal(1, step.Get<TensorValue>("action/terminate_episode")[(int)action.Mode]);
                Assert.Equal((int)action.Mode, ActionSpace.Default.Tokenize(action)[0]);
                modes.Add(action.Mode);
            }
        }
        Assert.Equal(3, modes.Count);
    }

    [Fact]
    public void Align_Kuka_IsThePapersMapping()
    {
        var dataset = Open("kuka", "kuka");
        var stored = dataset.Dataset.Read(dataset.Split).Select(r => r.OrThrow()).ToList();
        var aligned = dataset.Read().ToList();

        Assert.Equal(stored.Select(e => !e.Values.Get<TensorValue>("success").As<bool>()[0]), aligned.Select(a => a.IsFiltered));
        Assert.Equal(1, aligned.Count(a => a.IsFiltered));
        var closes = 0;
        foreach (var (episode, kept) in stored.Zip(aligned).Where(e => !e.Second.IsFiltered))
        {
            Assert.Equal("pick anything", kept.Episode!.Instruction);
            foreach (var (i, step) in kept.Episode.Steps.Index())
            {
                var rotation = Numbers(episode.Steps[i], "rotation_delta");
                var closed = Numbers(episode.Steps[i], "gripper_closedness_action")[0] > 0;
                closes += closed ? 1 : 0;
                Assert.Equal(new Vector3(0, 0, rotation[2]), step.Action.RotationDelta);
                Assert.Equal(new Vector3([.. Numbers(episode.Steps[i], "world_vector")]), step.Action.WorldVector);
                Assert.Equal(closed ? 1 : 0, step.Action.GripperClosednessAction);
                Assert.Equal(Vector2.Zero, step.Action.BaseDisplacementVector);
                Assert.Equal(i == kept.Episode.Steps.Count - 1 ? ControlMode.Terminate : ControlMode.Arm, step.Action.Mode);
            }
        }
        Assert.True(closes > 0);
    }

    [Fact]
    public void Align_Bridge_TurnsItsGripperStateIntoACommand()
    {
        var dataset = Open("bridge_dataset", "bridge_dataset");

        foreach (var (read, aligned) in dataset.Dataset.Read(dataset.Split).Zip(dataset.Read()))
        {
            foreach (var (step, mapped) in read.OrThrow().Steps.Zip(aligned.Episode!.Steps))
                Assert.Equal(1 - 2 * step.Get<TensorValue>("action").As<float>()[6], mapped.Action.GripperClosednessAction, 1e-6f);
        }
    }

    [Theory]
    [InlineData("v2.1")]
    [InlineData("v3.0")]
    public void Align_LeRobot_TakesTheTaskAsInstruction(string version)
    {
        LeRobotSample.WithVideo(version);
        var episodes = Open("lerobot", $"lerobot_{version}").Read().Select(r => r.Episode!).ToList();

        Assert.Equal(["put carrot on plate", "close the drawer", "put carrot on plate"], episodes.Select(e => e.Instruction));
        Assert.Equal(96, episodes[1].Steps[2].Image.Decode().Height);
    }

    [Fact]
    public void Align_NonFiniteAction_IsAFault()
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0), SmallDataset.Episode(1, action: float.NaN)]);

        var reads = AlignedDataset.Open(SmallDataset.Config(temporary["d"])).Read().ToList();

        Assert.NotNull(reads[0].Episode);
        Assert.Equal(1, reads[1].Fault!.Record);
        Assert.Contains("must be finite, got NaN", reads[1].Fault!.Reason);
    }

    [Fact]
    public void Open_FeatureThatIsNotThere_NamesTheNearest()
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0)]);

        var fault = Assert.Throws<Rt1Exception>(() => AlignedDataset.Open(SmallDataset.Config(temporary["d"]) with { Image = "steps/observation/imgae" }));

        Assert.Contains("no 'steps/observation/imgae', which its configuration names; nearest are steps/observation/image", fault.Message);
    }

    [Fact]
    public void Load_EveryShippedConfig_Binds()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.File("configs", "datasets"), "*.yaml"))
            Assert.NotNull(Config.Load<DatasetConfig>(file));
    }

    [Fact]
    public void Statistics_SampleEdr_CountWhatIsThere()
    {
        using var temporary = new TemporaryFolder();
        var dataset = Open("fractal20220817_data", "fractal20220817_data");
        var statistics = DatasetStatistics.Of(dataset, ActionSpace.Default);

        var x = dataset.Read().SelectMany(r => r.Episode!.Steps).Select(s => (double)s.Action.WorldVector.X).ToList();
        var dimension = statistics.Dimensions[0];
        Assert.Equal(("world_vector.x", (long)x.Count), (dimension.Name, dimension.Count));
        Assert.Equal((x.Min(), x.Max()), (dimension.Min, dimension.Max));
        Assert.Equal(x.Average(), dimension.Mean, 1e-9);
        Assert.Equal(5, statistics.EpisodeCount);
        Assert.Equal(x.Count, statistics.Modes.Values.Sum());
        Assert.Equal(5, statistics.Instructions.Sum(i => i.Value));
        Assert.Contains(StatisticsReport.ToTable(statistics), line => line.StartsWith("world_vector.x", StringComparison.Ordinal));
        Assert.All(StatisticsPlots.Write(statistics, temporary["plots"]), file => Assert.True(new FileInfo(file).Length > 1000));
    }

    [Fact]
    public void Quantile_OfHundredAndOne_IsNumPys()
    {
        var sorted = Enumerable.Range(0, 101).Select(i => (float)i).ToArray();

        Assert.Equal(1, DimensionCollector.Quantile(sorted, 0.01), 1e-9);
        Assert.Equal(99, DimensionCollector.Quantile(sorted, 0.99), 1e-9);
        Assert.Equal(0.5, DimensionCollector.Quantile([0, 1], 0.5), 1e-9);
    }

    private static AlignedDataset Open(string config, string sample) =>
        AlignedDataset.Open(Repository.File("configs", "datasets", $"{config}.yaml"), [$"path={Repository.Shared("samples", sample)}"]);

    private static IReadOnlyList<float> Numbers(StructValue step, string field) => step.Get<TensorValue>($"action/{field}").As<float>().ToArray();
}
