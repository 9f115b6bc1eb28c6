using System.Numerics;
using Rt1.Core;

namespace Rt1.Control.Tests;

public sealed class SafetySupervisorTests
{
    private static readonly RobotDescription Robot = new()
    {
        Name = "arm-on-wheels",
        Embodiment = "edr",
        ImageHeight = 256,
        ImageWidth = 320,
        FrameRateHz = 30,
        Limits = new() { MaxTranslation = 0.1f, MaxRotation = 0.2f, MaxBaseTranslation = 0.3f, MaxBaseRotation = 0.4f },
    };

    private static readonly SafetySupervisor Supervisor = new(Robot);

    [Fact]
    public void Check_ActionWithinTheLimits_IsAcceptedAsItIs()
    {
        var action = new RobotAction { Mode = ControlMode.Arm, WorldVector = new(0.05f, 0, 0), GripperClosednessAction = 1 };

        var verdict = Supervisor.Check(action);

        Assert.Equal((action, false, null), (verdict.Action, verdict.IsClamped, verdict.Reason));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Check_ValueThatIsNotFinite_IsRefusedByName(float value)
    {
        var verdict = Supervisor.Check(new() { Mode = ControlMode.Arm, RotationDelta = new(0, 0, value) });

        Assert.Null(verdict.Action);
        Assert.Equal($"rotation_delta.yaw must be finite, got {value}; the policy's weights or its input are broken.", verdict.Reason);
    }

    [Fact]
    public void Check_ValueThatIsNotFiniteWhereTheModeIgnoresIt_IsRefusedToo() =>
        Assert.Null(Supervisor.Check(new() { Mode = ControlMode.Arm, BaseDisplacementVector = new(float.NaN, 0) }).Action);

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(255)]
    public void Check_ModeOutsideTheThree_IsRefused(int mode)
    {
        var verdict = Supervisor.Check(new() { Mode = (ControlMode)mode });

        Assert.Null(verdict.Action);
        Assert.Equal(
            $"terminate_episode must be 0 (terminate), 1 (arm) or 2 (base), got {mode}; an untrained policy needs decode.valid_modes: true.",
            verdict.Reason);
    }

    [Fact]
    public void Check_BaseModeForARobotWithoutBase_IsRefused()
    {
        var verdict = new SafetySupervisor(Robot with { HasBase = false }).Check(new() { Mode = ControlMode.Base });

        Assert.Null(verdict.Action);
        Assert.Equal("the policy chose to move the base, but robot 'arm-on-wheels' has none that moves.", verdict.Reason);
    }

    [Fact]
    public void Check_LargeArmMotion_IsShortenedAlongItsDirection()
    {
        var verdict = Supervisor.Check(new() { Mode = ControlMode.Arm, WorldVector = new(0, 3, 4), RotationDelta = new(0, 0, -2) });

        Assert.True(verdict.IsClamped);
        Assert.Equal("shortened to the limits of one step.", verdict.Reason);
        Assert.Equal(0.06f, verdict.Action!.WorldVector.Y, 1e-6f);
        Assert.Equal(0.08f, verdict.Action.WorldVector.Z, 1e-6f);
        Assert.Equal(-0.2f, verdict.Action.RotationDelta.Z, 1e-6f);
    }

    [Fact]
    public void Check_LargeMotionThatTheModeIgnores_IsNeitherSentNorCalledClamped()
    {
        var action = new RobotAction { Mode = ControlMode.Arm, BaseDisplacementVector = new(9, 9), BaseDisplacementVerticalRotation = 3 };

        var verdict = Supervisor.Check(action);

        Assert.False(verdict.IsClamped);
        Assert.Equal((Vector2.Zero, 0f), (verdict.Action!.BaseDisplacementVector, verdict.Action.BaseDisplacementVerticalRotation));
    }

    [Fact]
    public void Check_BaseMode_MovesTheBaseOnly()
    {
        var action = new RobotAction
        {
            Mode = ControlMode.Base,
            WorldVector = new(0.05f, 0, 0),
            GripperClosednessAction = 1,
            BaseDisplacementVector = new(0.2f, 0),
        };

        Assert.Equal(new() { Mode = ControlMode.Base, BaseDisplacementVector = new(0.2f, 0) }, Supervisor.Check(action).Action);
    }

    [Fact]
    public void Check_StricterLimitsOfOurOwn_CountInsteadOfTheRobots()
    {
        var supervisor = new SafetySupervisor(Robot, Robot.Limits with { MaxTranslation = 0.01f });

        Assert.Equal(0.01f, supervisor.Check(new() { Mode = ControlMode.Arm, WorldVector = new(0.05f, 0, 0) }).Action!.WorldVector.X, 1e-6f);
    }
}
