using System.Numerics;

namespace Rt1.Core.Tests;

public sealed class SettleTests
{
    [Fact]
    public void Settle_BinsAroundZero_BecomeZero()
    {
        var space = ActionSpace.Default;
        var still = new RobotAction { Mode = ControlMode.Arm };
        var (below, above) = (space.Tokenize(still), space.Tokenize(still).Select((t, i) => i == space.ModeToken ? t : t + 1).ToArray());

        Assert.NotEqual(still, space.Detokenize(below));
        Assert.NotEqual(still, space.Detokenize(above));
        Assert.Equal(still, space.Settle(space.Detokenize(below)));
        Assert.Equal(still, space.Settle(space.Detokenize(above)));
    }

    [Theory, InlineData(126), InlineData(129)]
    public void Settle_NextBins_StayAsTheyAre(int token)
    {
        var space = ActionSpace.Default;
        var tokens = Enumerable.Repeat(token, space.TokenCount).ToArray();
        tokens[space.ModeToken] = (int)ControlMode.Base;
        var action = space.Detokenize(tokens);

        Assert.Equal(action, space.Settle(action));
    }

    [Fact]
    public void Settle_Mode_IsKept()
    {
        var action = new RobotAction { Mode = (ControlMode)17, WorldVector = new Vector3(0.001f, 0.5f, 0) };
        Assert.Equal(new RobotAction { Mode = (ControlMode)17, WorldVector = new Vector3(0, 0.5f, 0) }, ActionSpace.Default.Settle(action));
    }
}
