using System.Numerics;

namespace Rt1.Simulation.Tests;

public class BaseMotionTests
{
    [Fact]
    public void Move_BaseMode_DisplacesForwardAndLeftThenTurns()
    {
        using var rig = new Rig();
        rig.Do(Rig.Base(-0.2f, 0.1f, 0.4f));
        ArmMotionTests.AssertNear(new Vector3(-0.2f, 0.1f, 0.4f), rig.State.BasePose, 0.005f);
    }

    [Fact]
    public void Move_BaseModeAfterATurn_DisplacesInTheBasesOwnFrame()
    {
        using var rig = new Rig();
        for (var i = 0; i < 4; i++)
            rig.Do(Rig.Base(-0.1f, 0, MathF.PI / 8));
        var before = rig.State.BasePose;
        Assert.Equal(MathF.PI / 2, before.Z, 0.015f);
        rig.Do(Rig.Base(0.1f, 0.05f, 0));
        ArmMotionTests.AssertNear(before + new Vector3(-0.05f, 0.1f, 0), rig.State.BasePose, 0.005f);
    }

    [Fact]
    public void Move_BaseMode_CarriesTheArmAlongAndIgnoresItsDimensions()
    {
        using var rig = new Rig();
        var before = rig.State;
        rig.Do(Rig.Base(-0.15f, 0, 0.3f) with { WorldVector = new(0.1f, 0.1f, 0.1f), RotationDelta = new(0.5f, 0, 0), GripperClosednessAction = 1 });
        rig.Advance(TimeSpan.FromSeconds(0.3));
        ArmMotionTests.AssertNear(before.EndEffectorPosition, rig.Position, 0.003f);
        Assert.True(rig.State.GripperClosedness < 0.02f);
    }

    [Fact]
    public void Move_ArmAfterTheBaseTurned_IsMeantInTheBaseFrame()
    {
        using var rig = new Rig();
        for (var i = 0; i < 4; i++)
            rig.Do(Rig.Base(-0.1f, 0, MathF.PI / 8));
        var before = rig.Robot.GripperPose.Position;
        var inTheWorld = Grip(rig);
        rig.Do(Rig.Arm(new Vector3(0.05f, 0, 0)));
        ArmMotionTests.AssertNear(before + new Vector3(0.05f, 0, 0), rig.Robot.GripperPose.Position, 0.003f);
        ArmMotionTests.AssertNear(inTheWorld + new Vector3(0, 0.05f, 0), Grip(rig), 0.004f);
    }

    [Fact]
    public void Stop_WhileDriving_HoldsTheBase()
    {
        using var rig = new Rig();
        rig.Robot.Move(Rig.Base(-0.25f, 0, 0), rig.World.Time, Rig.Period);
        rig.Advance(Rig.Period / 2);
        rig.Robot.Stop();
        rig.Advance(TimeSpan.FromSeconds(0.2));
        var stopped = rig.State.BasePose;
        Assert.InRange(stopped.X, -0.2f, -0.05f);
        rig.Advance(TimeSpan.FromSeconds(1));
        ArmMotionTests.AssertNear(stopped, rig.State.BasePose, 0.002f);
    }

    private static Vector3 Grip(Rig rig) =>
        rig.World.Data.Pose(Mujoco.MjObject.Site, rig.World.Model.Id(Mujoco.MjObject.Site, "grip")).Position;
}
