using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class ActionNoiseTests
{
    private static readonly RobotAction Arm = new() { Mode = ControlMode.Arm, WorldVector = new(0.02f, 0, -0.01f), GripperClosednessAction = 1 };

    [Fact]
    public void Apply_SameSeed_SameDisturbances()
    {
        var (one, other) = (new ActionNoise(3), new ActionNoise(3));
        for (var i = 0; i < 20; i++)
            Assert.Equal(one.Apply(Arm), other.Apply(Arm));
    }

    [Fact]
    public void Apply_ManyArmSteps_HaveTheWidthsThatItSays()
    {
        var noise = new ActionNoise(1);
        var applied = Enumerable.Range(0, 20_000).Select(_ => noise.Apply(Arm)).ToList();
        Assert.InRange(applied.Count(a => a.GripperClosednessAction < 0) / 20_000.0, 0.016, 0.024);
        Assert.InRange(Width(applied.Select(a => a.RotationDelta.Z)), 0.075, 0.085);
        Assert.All(applied, a => Assert.Equal((0f, 0f), (a.RotationDelta.X, a.RotationDelta.Y)));
        var still = new ActionNoise(1) { KickProbability = 0 };
        var ways = Enumerable.Range(0, 20_000).Select(_ => still.Apply(Arm).WorldVector - Arm.WorldVector).ToList();
        Assert.InRange(Width(ways.Select(w => w.X)), 0.0095, 0.0105);
        Assert.InRange(Width(ways.Select(w => w.Z)), 0.0066, 0.0074);
    }

    [Fact]
    public void Apply_Terminate_StaysAndBaseMovesOnlyTheBase()
    {
        var noise = new ActionNoise(2);
        Assert.Equal(RobotAction.Terminate, noise.Apply(RobotAction.Terminate));
        var applied = noise.Apply(new RobotAction { Mode = ControlMode.Base, BaseDisplacementVector = new(0.1f, 0) });
        Assert.Equal(Vector3.Zero, applied.WorldVector);
        Assert.NotEqual(new Vector2(0.1f, 0), applied.BaseDisplacementVector);
    }

    private static double Width(IEnumerable<float> values) => Math.Sqrt(values.Average(v => (double)v * v));
}
