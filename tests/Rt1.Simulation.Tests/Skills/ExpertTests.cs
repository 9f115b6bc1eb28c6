using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class ExpertTests
{
    [Theory]
    [InlineData("pick", "apple", null, "classroom")]
    [InlineData("pick", "banana", null, "kitchen1")]
    [InlineData("move_near", "red_can", "apple", "classroom")]
    [InlineData("place_into", "orange", "bowl", "classroom")]
    [InlineData("pick_from", "jam_jar", "basket", "classroom")]
    [InlineData("knock_over", "green_bottle", null, "kitchen2")]
    [InlineData("place_upright", "red_can", null, "classroom")]
    [InlineData("open_drawer", "middle", null, "kitchen1")]
    [InlineData("close_drawer", "top", null, "kitchen2")]
    [InlineData("drive_to", "table", null, "kitchen1")]
    public void ExpertAction_WholeTrial_SucceedsWithinLimits(string skill, string target, string? reference, string place)
    {
        var actions = Run(Tasks.Situation(skill, target, reference, place, others: skill.EndsWith("drawer") ? [] : ["sponge"]));
        Assert.All(actions, action =>
        {
            var (w, r) = (Vector3.Abs(action.WorldVector), Vector3.Abs(action.RotationDelta));
            Assert.True(Math.Max(w.X, Math.Max(w.Y, w.Z)) <= ExpertLimits.Translation + 1e-6f, $"{action.WorldVector}");
            Assert.True(Math.Max(r.X, Math.Max(r.Y, r.Z)) <= ExpertLimits.Rotation + 1e-3f, $"{action.RotationDelta}");
            Assert.True(action.BaseDisplacementVector.Length() <= ExpertLimits.BaseTranslation + 1e-6f);
            Assert.Equal(action, action.Effective());
        });
        Assert.Equal(skill == "drive_to" ? ControlMode.Base : ControlMode.Arm, actions[0].Mode);
        Assert.Equal(ControlMode.Terminate, actions[^1].Mode);
    }

    [Fact]
    public void ExpertAction_FixedArm_PicksWithFourDegreesOfFreedom()
    {
        var actions = Run(Tasks.Situation("pick_anything", "anything", place: "bin", robot: "kuka", others: ["apple", "banana", "cup"]));
        Assert.All(actions, action => Assert.Equal((0f, 0f), (action.RotationDelta.X, action.RotationDelta.Y)));
        Assert.Contains(actions, action => action.GripperClosednessAction == 1);
    }

    [Fact]
    public void ExpertAction_SameSituation_SameActions()
    {
        var situation = Tasks.Situation("pick", "tin", others: ["apple", "sponge"]);
        Assert.Equal(Run(situation), Run(situation));
    }

    [Fact]
    public void ExpertAction_ObjectMovedOnTheWay_GoesToItsNewPlace()
    {
        using var trial = Tasks.Trial("pick", "blue_block");
        for (var i = 0; i < 4; i++)
            trial.Step(trial.ExpertAction());
        var pose = trial.Lab.World.PoseOf("blue_block");
        trial.Lab.World.Put("blue_block", pose with { Position = pose.Position with { Y = -pose.Position.Y } });
        trial.Until(() => trial.Succeeded);
    }

    [Fact]
    public void Run_WithNoise_RecoversAndCountsSteps()
    {
        var episodes = Enumerable.Range(0, 4).Select(seed => ExpertRollout.Run(Tasks.Situation("pick", "apple", seed: seed), noiseSeed: seed)).ToList();
        Assert.True(episodes.Count(episode => episode.Success) >= 3);
        Assert.All(episodes, episode => Assert.InRange(episode.Steps, 6, 40));
    }

    private static List<RobotAction> Run(Situation situation)
    {
        var actions = new List<RobotAction>();
        var episode = ExpertRollout.Run(situation, noiseSeed: null, observe: (_, action) => actions.Add(action));
        Assert.True(episode.Success, $"{situation.Task.Instruction}: failed after {episode.Steps} steps");
        return actions;
    }
}
