using System.Numerics;
using Mujoco;

namespace Rt1.Simulation.Tests;

public class GraspTests
{
    [Fact]
    public void Move_GripperAction_ClosesOpensAndHolds()
    {
        using var rig = new Rig();
        rig.Do(Rig.Arm(gripper: 1));
        rig.Advance(TimeSpan.FromSeconds(0.2));
        Assert.InRange(rig.State.GripperClosedness, 0.97f, 1);
        rig.Do(Rig.Arm(gripper: -0.09f));
        Assert.InRange(rig.State.GripperClosedness, 0.97f, 1);
        rig.Do(Rig.Arm(gripper: -0.5f));
        rig.Advance(TimeSpan.FromSeconds(0.2));
        Assert.InRange(rig.State.GripperClosedness, 0.47f, 0.53f);
        rig.Do(Rig.Arm(gripper: -1));
        rig.Advance(TimeSpan.FromSeconds(0.2));
        Assert.InRange(rig.State.GripperClosedness, 0, 0.03f);
    }

    /// <summary>By friction alone: from above, fingers along the base's y axis, at a height where each object is narrow enough.</summary>
    [Theory]
    [InlineData("can", 0.09f)]
    [InlineData("bottle", 0.15f)]
    [InlineData("apple", 0.035f)]
    [InlineData("orange", 0.038f)]
    [InlineData("sponge", 0.024f)]
    [InlineData("block", 0.026f)]
    [InlineData("chip_bag", 0.026f)]
    public void Grasp_LiftedObject_StaysInTheGripper(string name, float height)
    {
        using var rig = new Rig(name);
        var place = new Vector3(0.58f, 0.02f, 0.75f);
        rig.World.Put(name, new MjPose(place, Quaternion.Identity));
        rig.GoTo(place + new Vector3(0, 0, 0.26f));
        rig.GoTo(place + new Vector3(0, 0, height));
        rig.Do(Rig.Arm(gripper: 1));
        rig.Do(Rig.Arm());
        Assert.Equal([name], rig.Robot.Grasped);

        for (var i = 0; i < 4; i++)
            rig.Do(Rig.Arm(new Vector3(0, 0, 0.04f)));
        var held = Held(rig, name);
        Assert.InRange(rig.World.PoseOf(name).Position.Z, place.Z + 0.12f, place.Z + 0.19f);
        for (var i = 0; i < 6; i++)
            rig.Do(Rig.Arm(new Vector3(0, i % 2 == 0 ? -0.05f : 0.05f, 0)));
        Assert.Equal([name], rig.Robot.Grasped);
        ArmMotionTests.AssertNear(held, Held(rig, name), 0.006f);

        rig.Do(Rig.Arm(gripper: -1));
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(rig.Robot.Grasped);
        Assert.True(rig.World.PoseOf(name).Position.Z < place.Z + 0.05f);
    }

    [Fact]
    public void Stop_WithAnObjectInTheGripper_KeepsIt()
    {
        using var rig = new Rig("block");
        var place = new Vector3(0.58f, 0, 0.75f);
        rig.World.Put("block", new MjPose(place, Quaternion.Identity));
        rig.GoTo(place + new Vector3(0, 0, 0.15f));
        rig.GoTo(place + new Vector3(0, 0, 0.026f));
        rig.Do(Rig.Arm(gripper: 1));
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0, 0.1f)), rig.World.Time, Rig.Period);
        rig.Advance(Rig.Period * 0.7);
        rig.Robot.Stop();
        rig.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["block"], rig.Robot.Grasped);
        Assert.True(rig.World.PoseOf("block").Position.Z > place.Z + 0.03f);
    }

    // Where the object is as the gripper sees it.
    private static Vector3 Held(Rig rig, string name) =>
        rig.World.PoseOf(name).Position - rig.World.Data.Pose(MjObject.Site, rig.World.Model.Id(MjObject.Site, "grip")).Position;
}
