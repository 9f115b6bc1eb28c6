using System.Numerics;
using Rt1.Cli.Teleop;
using Rt1.Core;

namespace Rt1.Cli.Tests.Teleop;

public sealed class KeyboardPolicyTests
{
    private static readonly Observation Nothing = new() { Image = new Frame { Width = 1, Height = 1, Pixels = new byte[3] } };

    [Fact]
    public void Decide_KeysHeldTogether_MoveTogetherOnce()
    {
        var action = Decide(Keyboard("wwwar"));
        Assert.Equal(ControlMode.Arm, action.Mode);
        Assert.Equal(new Vector3(0.04f, 0.04f, 0.04f), action.WorldVector);
        Assert.Equal(Vector3.Zero, Decide(Keyboard("ws")).WorldVector);
    }

    [Fact]
    public void Decide_NothingPressed_MovesNothing()
    {
        var action = Decide(Keyboard(""));
        Assert.Equal(new RobotAction { Mode = ControlMode.Arm }, action);
    }

    [Fact]
    public void Decide_Space_ClosesAndThenOpens()
    {
        var keyboard = Keyboard("  ", oneKeyAStep: true);
        Assert.Equal([1, -1, 0], Enumerable.Range(0, 3).Select(_ => Decide(keyboard).GripperClosednessAction));
    }

    [Fact]
    public void Decide_B_DrivesTheBaseWhereThereIsOne()
    {
        var action = Decide(Keyboard("bwq"));
        Assert.Equal(ControlMode.Base, action.Mode);
        Assert.Equal(new Vector2(0.12f, 0), action.BaseDisplacementVector);
        Assert.Equal(0.2f, action.BaseDisplacementVerticalRotation);
        Assert.Equal(ControlMode.Arm, Decide(Keyboard("bw", hasBase: false)).Mode);
    }

    [Fact]
    public void Decide_Terminate_IsOfWhateverElseWasPressed() => Assert.Equal(ControlMode.Terminate, Decide(Keyboard("wt")).Mode);

    [Fact]
    public void Decide_StopAndQuit_AreToldWhenItIsTheirTurn()
    {
        var keyboard = Keyboard("w\u001b", oneKeyAStep: true);
        var told = new List<TeleopKey>();
        keyboard.Reached += told.Add;
        Decide(keyboard);
        Assert.Empty(told);
        Decide(keyboard);
        Assert.Equal([TeleopKey.Quit], told);
    }

    [Fact]
    public void Help_NamesEveryKey() => Assert.All("WSADRFQEBTX", key => Assert.True(TeleopKeys.Of(key) is not null && TeleopKeys.Help.Contains(key)));

    private static KeyboardPolicy Keyboard(string keys, bool hasBase = true, bool oneKeyAStep = false)
    {
        var keyboard = new KeyboardPolicy(hasBase, oneKeyAStep);
        foreach (var key in keys)
            keyboard.Press(TeleopKeys.Of(key)!.Value);
        return keyboard;
    }

    private static RobotAction Decide(KeyboardPolicy keyboard) => keyboard.Decide(Nothing).Action;
}
