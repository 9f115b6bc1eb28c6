using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Simulation.Tests;

public sealed class GenerationTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    [Fact]
    public void Make_Episodes_ReadBackWithTwoTerminateFramesAndGroundTruth()
    {
        var episodes = Read(Make("data", Config("suite.skills=[move_near]", "episodes=2")));

        Assert.Equal(2, episodes.Count);
        foreach (var episode in episodes)
        {
            var modes = episode.Steps.Select(step => ModeOf(step)).ToList();
            Assert.Equal([ControlMode.Terminate, ControlMode.Terminate], modes[^2..]);
            Assert.DoesNotContain(ControlMode.Terminate, modes[..^2]);
            Assert.Equal(1, episode.Values.Get<TensorValue>("success")[0]);
            Assert.Equal("move_near", episode.Values.Get<TextValue>("sim/skill").Text);
            Assert.True(Number(episode.Steps[^1], "sim/success") == 1 && Number(episode.Steps[0], "sim/success") == 0);
            var objects = episode.Values.Get<SequenceValue>("sim/object_names").Items.Count;
            Assert.All(episode.Steps, step => Assert.Equal(objects, step.Get<SequenceValue>("sim/object_poses").Items.Count));
            Assert.Contains(episode.Values.Get<TextValue>("sim/target").Text.Replace('_', ' '), InstructionOf(episode));
        }
    }

    [Fact]
    public void Make_Points_LieInTheImageAndFollowTheScene()
    {
        var steps = Read(Make("data", Config("episodes=1")))[0].Steps;

        foreach (var point in new[] { "target_point", "reference_point", "gripper_point" })
        {
            var values = steps.Select(step => step.Get<TensorValue>($"sim/{point}")).ToList();
            Assert.All(values, v => Assert.True(v[0] is >= 0 and <= 1 && v[1] is >= 0 and <= 1));
        }
        Assert.Equal(1, Number(steps[0], "sim/target_visible"));
        Assert.True(Distance(steps[0]) > 2 * Distance(steps[^1]), "the gripper ends at the target");

        static double Distance(StructValue step)
        {
            var (gripper, target) = (step.Get<TensorValue>("sim/gripper_point"), step.Get<TensorValue>("sim/target_point"));
            return Math.Sqrt(Math.Pow(gripper[0] - target[0], 2) + Math.Pow(gripper[1] - target[1], 2));
        }
    }

    [Fact]
    public void Make_Noise_DisturbsTheRobotButNotTheLabels()
    {
        var quiet = Read(Make("quiet", Config("episodes=1", "noise.enabled=false", "seed=4")))[0];
        var noisy = Read(Make("noisy", Config("episodes=1", "noise.horizontal=0.02", "noise.flip_probability=0", "seed=4")))[0];

        Assert.Equal(Translation(quiet, 0), Translation(noisy, 0));
        Assert.NotEqual(Position(quiet, 2), Position(noisy, 2));
        Assert.True(Miss(quiet) < 0.004, $"without noise the robot does what is written down, but missed by {Miss(quiet)} m");
        Assert.True(Miss(noisy) > 0.007, $"with noise it does not, but missed by {Miss(noisy)} m only");

        // The mean way from where the motion of a step should have led to where the robot stood two frames later, as the motion ends between.
        static double Miss(DatasetEpisode episode) => Enumerable.Range(1, 4).Average(i =>
        {
            var (from, to) = (Position(episode, i), Position(episode, i + 1));
            var (before, now) = (Translation(episode, i - 1), Translation(episode, i));
            return Enumerable.Range(0, 2).Sum(d => Math.Abs(to[d] - from[d] - Blend(before[d], now[d]))) / 2;
        });

        // A motion that starts 0.1 s after its frame and lasts 1/3 s is 83% done (minimum jerk) at the next frame.
        static double Blend(double before, double now) => 0.163 * before + 0.837 * now;
    }

    [Fact]
    public void Make_SameSeedInAnyOrder_SameBytes()
    {
        var config = Config("episodes=2", "episodes_per_shard=1");
        var first = Files(Make("first", config));
        var second = Files(Make("second", config, backwards: true));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first.Keys, name => Assert.Equal(first[name], second[name]));
        Assert.NotEqual(first.Values.First(), Files(Make("other", Config("episodes=2", "episodes_per_shard=1", "seed=2"))).Values.First());
    }

    [Fact]
    public void Make_ExpertNeverSucceeds_SaysSo()
    {
        var config = Config("episodes=1", "max_attempts=2", "noise.horizontal=0.2", "noise.vertical=0.2");
        var fault = Assert.Throws<Rt1Exception>(() => Make("data", config));
        Assert.Contains("episode 0 (pick): the expert did not succeed in 2 trials", fault.Message);
    }

    [Theory]
    [InlineData("suite.part=unseen", "held-out pairs must stay out of training")]
    [InlineData("suite.look=unseen", "must stay out of training")]
    public void ShardGenerator_HeldOutAskedFor_IsRefused(string setting, string expected) =>
        Assert.Contains(expected, Assert.Throws<Rt1Exception>(() => new ShardGenerator(Config(setting))).Message);

    public void Dispose() => _temporary.Dispose();

    /// <summary>Small and quick.</summary>
    internal static GenerationConfig Config(params string[] settings) => Rt1.Configuration.Config.Load<GenerationConfig>(
        Repository.File("configs", "generation", "edr.yaml"),
        ["suite.skills=[pick]", "suite.object_count={min: 2, max: 3}", "image_height=32", "image_width=48", "episodes_per_shard=2", .. settings]);

    private string Make(string name, GenerationConfig config, bool backwards = false)
    {
        using var place = GenerationFolder.Open(_temporary[name], config);
        var generator = place.CreateGenerator();
        foreach (var shard in backwards ? place.Missing.Reverse() : place.Missing)
            place.Make(shard, generator);
        place.Complete();
        return _temporary[name];
    }

    private static List<DatasetEpisode> Read(string folder)
    {
        var dataset = EpisodeDatasets.Open(folder);
        return [.. dataset.Read(dataset.Split()).Select(read => read.OrThrow())];
    }

    private static SortedDictionary<string, byte[]> Files(string folder) => new(
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes), StringComparer.Ordinal);

    private static ControlMode ModeOf(StructValue step)
    {
        var mode = step.Get<TensorValue>("action/terminate_episode");
        return (ControlMode)Enumerable.Range(0, 3).Single(i => mode[i] == 1);
    }

    private static string InstructionOf(DatasetEpisode episode) => episode.Steps[0].Get<TextValue>("observation/natural_language_instruction").Text;

    private static double Number(StructValue step, string path) => step.Get<TensorValue>(path)[0];

    private static double[] Translation(DatasetEpisode episode, int step) => Three(episode.Steps[step].Get<TensorValue>("action/world_vector"));

    private static double[] Position(DatasetEpisode episode, int step) => Three(episode.Steps[step].Get<TensorValue>("observation/base_pose_tool_reached"));

    private static double[] Three(TensorValue tensor) => [tensor[0], tensor[1], tensor[2]];
}
