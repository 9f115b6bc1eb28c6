using Rt1.Core;

namespace Rt1.Evaluation.Tests.Policies;

public sealed class RandomPolicyTests
{
    private static readonly Observation Nothing = new() { Image = new Frame { Height = 1, Width = 1, Pixels = new byte[3] } };

    [Fact]
    public void Decide_ManyTimes_StaysWithinTheLimitsAndUsesThem()
    {
        var limits = new ActionLimits { MaxTranslation = 0.2f, MaxBaseRotation = 0.3f };

        var actions = Actions(seed: 1, limits, hasBase: true);

        Assert.InRange(actions.Max(a => a.WorldVector.X), 0.19f, 0.2f);
        Assert.InRange(actions.Min(a => a.WorldVector.Z), -0.2f, -0.19f);
        Assert.InRange(actions.Max(a => a.BaseDisplacementVerticalRotation), 0.28f, 0.3f);
        Assert.All(Enum.GetValues<ControlMode>(), mode => Assert.InRange(actions.Count(a => a.Mode == mode), 60, 140));
    }

    [Fact]
    public void Decide_RobotWithoutBase_NeverDrives() =>
        Assert.DoesNotContain(Actions(seed: 1, new ActionLimits(), hasBase: false), action => action.Mode == ControlMode.Base);

    [Fact]
    public void Decide_SameSeed_SameActions()
    {
        Assert.Equal(Actions(3, new ActionLimits(), true), Actions(3, new ActionLimits(), true));
        Assert.NotEqual(Actions(3, new ActionLimits(), true), Actions(4, new ActionLimits(), true));
    }

    private static RobotAction[] Actions(int seed, ActionLimits limits, bool hasBase)
    {
        using var policy = new RandomPolicy(seed, limits, hasBase);
        policy.Begin("anything");
        return [.. Enumerable.Range(0, 300).Select(_ => policy.Decide(Nothing).Action)];
    }
}
