using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class MotionTests
{
    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1, 0)]
    [InlineData(1.25, 0.103515625)]
    [InlineData(1.5, 0.5)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    public void Progress_FollowsTheMinimumJerkProfile(double at, double expected)
    {
        var motion = new Motion { Start = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(1) };
        Assert.Equal(expected, motion.Progress(TimeSpan.FromSeconds(at)), 9);
    }

    [Fact]
    public void Displace_Gripper_MultipliesTheRotationFromTheLeft()
    {
        // The gripper looks down (z out of it is −z of the base). A yaw of 90° about the base's z takes its x axis from −x to −y.
        var pose = new MjPose(new Vector3(1, 2, 3), new Quaternion(0, 1, 0, 0));
        var action = Rig.Arm(new Vector3(0.1f, 0, -0.1f), new Vector3(0, 0, MathF.PI / 2));
        var (position, orientation) = Motion.Displace(pose, action);
        Assert.Equal(new Vector3(1.1f, 2, 2.9f), position);
        ArmMotionTests.AssertNear(new Vector3(0, -1, 0), Vector3.Transform(Vector3.UnitX, orientation), 1e-5f);
        ArmMotionTests.AssertNear(new Vector3(0, 0, -1), Vector3.Transform(Vector3.UnitZ, orientation), 1e-5f);
    }

    [Fact]
    public void Displace_RollPitchYaw_RollsFirstAboutFixedAxes()
    {
        // Roll 90° takes y to z, pitch 90° leaves y and takes z to x, yaw 90° takes x to y: together y goes to z, then x, then y.
        var action = Rig.Arm(rotation: new Vector3(MathF.PI / 2, MathF.PI / 2, MathF.PI / 2));
        var (_, orientation) = Motion.Displace(new MjPose(default, Quaternion.Identity), action);
        ArmMotionTests.AssertNear(Vector3.UnitY, Vector3.Transform(Vector3.UnitY, orientation), 1e-5f);
        ArmMotionTests.AssertNear(-Vector3.UnitZ, Vector3.Transform(Vector3.UnitX, orientation), 1e-5f);
    }

    [Fact]
    public void Displace_Base_GoesForwardAndLeftAsTheBaseStands()
    {
        var moved = Motion.Displace(new Vector3(1, 1, MathF.PI / 2), Rig.Base(0.2f, 0.1f, 0.3f));
        ArmMotionTests.AssertNear(new Vector3(0.9f, 1.2f, MathF.PI / 2 + 0.3f), moved, 1e-6f);
    }
}
