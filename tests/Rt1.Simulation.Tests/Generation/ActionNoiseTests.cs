using Rt1.Core;
using Rt1.Data;

namespace Rt1.Simulation.Tests;

public sealed class ActionNoiseTests
{
    private const int Draws = 4000;

    [Fact]
    public void Perturb_Arm_DeviatesAsConfigured()
    {
        var noise = new ActionNoise { KickProbability = 0 };
        var random = new SeededRandom(1);
        var actions = Enumerable.Range(0, Draws).Select(_ => noise.Perturb(Rig.Arm(new(0.02f, 0, 0), gripper: 1), ref random)).ToList();

        Assert.Equal(0.02, actions.Average(a => a.WorldVector.X), 0.001);
        Assert.Equal(0.01, Deviation(actions.Select(a => a.WorldVector.X)), 0.0005);
        Assert.Equal(0.007, Deviation(actions.Select(a => a.WorldVector.Z)), 0.0005);
        Assert.Equal(0.08, Deviation(actions.Select(a => a.RotationDelta.Z)), 0.004);
        Assert.Equal(0.02, actions.Count(a => a.GripperClosednessAction < 0) / (double)Draws, 0.01);
        Assert.All(actions, a => Assert.Equal((0, 0), (a.RotationDelta.X, a.RotationDelta.Y)));
    }

    [Fact]
    public void Perturb_Kick_PushesSideways()
    {
        var noise = new ActionNoise { Horizontal = 0, Vertical = 0, KickProbability = 0.5, Kick = 0.05 };
        var random = new SeededRandom(2);
        var actions = Enumerable.Range(0, Draws).Select(_ => noise.Perturb(Rig.Arm(), ref random)).ToList();

        Assert.Equal(0.5, actions.Count(a => a.WorldVector.X != 0) / (double)Draws, 0.05);
        Assert.All(actions, a => Assert.InRange(a.WorldVector.X, -0.05f, 0.05f));
        Assert.All(actions, a => Assert.Equal(0, a.WorldVector.Z));
    }

    [Fact]
    public void Perturb_Base_LeavesTheArm()
    {
        var random = new SeededRandom(3);
        var action = new ActionNoise().Perturb(Rig.Base(0.1f, 0, 0), ref random);
        Assert.NotEqual(0.1f, action.BaseDisplacementVector.X);
        Assert.Equal(Rig.Arm().WorldVector, action.WorldVector);
    }

    [Fact]
    public void Perturb_Terminate_StaysTerminate()
    {
        var random = new SeededRandom(4);
        Assert.Same(RobotAction.Terminate, new ActionNoise().Perturb(RobotAction.Terminate, ref random));
    }

    private static double Deviation(IEnumerable<float> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        return Math.Sqrt(list.Average(v => (v - mean) * (v - mean)));
    }
}
