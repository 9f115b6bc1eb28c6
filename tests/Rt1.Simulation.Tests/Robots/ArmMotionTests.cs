using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class ArmMotionTests
{
    [Theory]
    [InlineData(0.05f, 0, 0)]
    [InlineData(-0.05f, 0, 0)]
    [InlineData(0, 0.05f, 0)]
    [InlineData(0, -0.05f, 0)]
    [InlineData(0, 0, -0.05f)]
    [InlineData(0.03f, 0.03f, 0.03f)]
    public void Move_WorldVector_TakesTheGripperThereWithinThePeriodAndStays(float x, float y, float z)
    {
        using var rig = new Rig();
        var before = rig.State;
        rig.Do(Rig.Arm(new Vector3(x, y, z)));
        AssertNear(before.EndEffectorPosition + new Vector3(x, y, z), rig.Position, 0.002f);
        AssertTurned(before.EndEffectorOrientation, rig.State.EndEffectorOrientation, 0.005f);
        rig.Advance(TimeSpan.FromSeconds(1));
        AssertNear(before.EndEffectorPosition + new Vector3(x, y, z), rig.Position, 0.001f);
    }

    [Theory]
    [InlineData(0.3f, 0, 0)]
    [InlineData(0, 0.3f, 0)]
    [InlineData(0, 0, 0.3f)]
    [InlineData(0.2f, -0.25f, 0.3f)]
    public void Move_RotationDelta_TurnsAboutTheBaseFramesAxes(float roll, float pitch, float yaw)
    {
        using var rig = new Rig();
        var before = rig.State;
        rig.Do(Rig.Arm(rotation: new Vector3(roll, pitch, yaw)));
        var turn = Matrix4x4.CreateRotationX(roll) * Matrix4x4.CreateRotationY(pitch) * Matrix4x4.CreateRotationZ(yaw);
        AssertTurned(Quaternion.CreateFromRotationMatrix(turn) * before.EndEffectorOrientation, rig.State.EndEffectorOrientation, 0.01f);
        AssertNear(before.EndEffectorPosition, rig.Position, 0.003f);
    }

    [Fact]
    public void Move_Halfway_IsHalfwayThere()
    {
        using var rig = new Rig();
        var before = rig.Position;
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0.06f, 0)), rig.World.Time, Rig.Period);
        rig.Advance(Rig.Period / 2);
        Assert.True(rig.State.IsMoving);
        Assert.InRange(rig.Position.Y - before.Y, 0.02f, 0.04f);
        rig.Advance(Rig.Period / 2);
        Assert.False(rig.State.IsMoving);
    }

    [Fact]
    public void Move_StartsAtItsTimeFromThePoseMeasuredThen()
    {
        using var rig = new Rig();
        var before = rig.Position;
        var latency = TimeSpan.FromMilliseconds(100);
        rig.Robot.Move(Rig.Arm(new Vector3(0.03f, 0, 0)), rig.World.Time, Rig.Period);
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0.03f, 0)), rig.World.Time + Rig.Period + latency, Rig.Period);
        rig.Advance(Rig.Period + latency);
        AssertNear(before + new Vector3(0.03f, 0, 0), rig.Position, 0.002f);
        rig.Advance(Rig.Period);
        AssertNear(before + new Vector3(0.03f, 0.03f, 0), rig.Position, 0.003f);
    }

    [Fact]
    public void Move_BeforeTheLastEnded_ReplacesIt()
    {
        using var rig = new Rig();
        var before = rig.Position;
        rig.Robot.Move(Rig.Arm(new Vector3(0.06f, 0, 0)), rig.World.Time, Rig.Period);
        rig.Advance(Rig.Period / 3);
        var then = rig.Position;
        Assert.InRange(then.X - before.X, 0.002f, 0.04f);
        rig.Do(Rig.Arm(new Vector3(0, 0, 0.03f)));
        Assert.InRange(rig.Position.X - then.X, -0.005f, 0.015f);
        Assert.Equal(then.Z + 0.03f, rig.Position.Z, 0.004f);
    }

    [Fact]
    public void Move_ArmMode_IgnoresTheBaseDimensions()
    {
        using var rig = new Rig();
        rig.Do(Rig.Arm(new Vector3(0, 0.03f, 0)) with { BaseDisplacementVector = new(0.2f, 0.2f), BaseDisplacementVerticalRotation = 0.3f });
        Assert.True(rig.State.BasePose.Length() < 0.001f, $"{rig.State.BasePose}");
    }

    [Fact]
    public void Move_Terminate_MovesNothing()
    {
        using var rig = new Rig();
        var before = rig.State;
        rig.Do(Rig.Arm(new Vector3(0.05f, 0.05f, 0.05f), new Vector3(0.3f, 0, 0), 1) with { Mode = ControlMode.Terminate });
        AssertNear(before.EndEffectorPosition, rig.Position, 0.0005f);
        Assert.Equal(before.GripperClosedness, rig.State.GripperClosedness, 0.01f);
    }

    [Fact]
    public void Move_NotFiniteOrWithoutDuration_IsRefused()
    {
        using var rig = new Rig();
        var e = Assert.Throws<NonFiniteActionException>(() => rig.Robot.Move(Rig.Arm(new Vector3(0, float.NaN, 0)), rig.World.Time, Rig.Period));
        Assert.Equal("world_vector.y", e.Dimension);
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Robot.Move(Rig.Arm(), rig.World.Time, TimeSpan.Zero));
    }

    [Fact]
    public void Hold_TenSecondsOfZeroActions_DoesNotDrift()
    {
        using var rig = new Rig();
        var before = rig.Position;
        for (var i = 0; i < 30; i++)
            rig.Do(Rig.Arm());
        AssertNear(before, rig.Position, 0.001f);
    }

    [Fact]
    public void Move_FurtherThanTheArmReaches_StopsAtItsLimitsAndComesBack()
    {
        using var rig = new Rig();
        foreach (var direction in new[] { new Vector3(0.1f, 0, 0), new Vector3(0, -0.1f, 0), new Vector3(-0.1f, 0, 0) })
        {
            for (var i = 0; i < 12; i++)
            {
                rig.Do(Rig.Arm(direction, new Vector3(0, 0, 0.2f)));
                foreach (var (angle, (lower, upper)) in rig.State.JointPositions.Zip(rig.Robot.JointLimits))
                    Assert.InRange(angle, lower - 0.02, upper + 0.02);
            }
        }
        rig.GoTo(new Vector3(0.5f, 0, 1.0f));
        AssertNear(new Vector3(0.5f, 0, 1.0f), rig.Position, 0.004f);
    }

    [Fact]
    public void Stop_MidMotion_FreezesAtOnce()
    {
        using var rig = new Rig();
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0.1f, 0)), rig.World.Time, Rig.Period);
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0.1f, 0)), rig.World.Time + Rig.Period, Rig.Period);
        rig.Advance(Rig.Period / 2);
        rig.Robot.Stop();
        var stopped = rig.Position;
        rig.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(rig.State.IsMoving);
        var hand = rig.World.Model.Id(Mujoco.MjObject.Body, "hand");
        Assert.True(rig.World.Data.Velocity(Mujoco.MjObject.Body, hand).Linear.Length() < 0.01f);
        AssertNear(stopped, rig.Position, 0.02f);
        var still = rig.Position;
        rig.Advance(TimeSpan.FromSeconds(1));
        AssertNear(still, rig.Position, 0.001f);
    }

    [Fact]
    public void Stop_Again_DoesNotMoveTheArm()
    {
        using var rig = new Rig();
        var before = rig.Position;
        for (var i = 0; i < 50; i++)
        {
            rig.Robot.Stop();
            rig.Advance(TimeSpan.FromSeconds(0.05));
        }
        AssertNear(before, rig.Position, 0.0005f);
    }

    internal static void AssertNear(Vector3 expected, Vector3 actual, float tolerance) =>
        Assert.True((expected - actual).Length() <= tolerance, $"expected {expected} ± {tolerance} m, got {actual}, off by {(expected - actual).Length():F4}");

    private static void AssertTurned(Quaternion expected, Quaternion actual, float tolerance)
    {
        var angle = 2 * MathF.Acos(MathF.Min(1, MathF.Abs(Quaternion.Dot(expected, actual))));
        Assert.True(angle <= tolerance, $"expected {expected}, got {actual}, off by {angle:F4} rad");
    }
}
