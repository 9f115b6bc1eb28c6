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
    [InlineData("apple", 0.033f)]
    [InlineData("banana", 0.025f)]
    [InlineData("blue_block", 0.026f)]
    [InlineData("brown_box", 0.05f)]
    [InlineData("carrot", 0.026f)]
    [InlineData("chip_bag", 0.027f)]
    [InlineData("chocolate_bar", 0.025f)]
    [InlineData("cup", 0.076f)]
    [InlineData("green_bottle", 0.15f)]
    [InlineData("jam_jar", 0.062f)]
    [InlineData("milk_carton", 0.106f)]
    [InlineData("orange", 0.036f)]
    [InlineData("pink_ball", 0.031f)]
    [InlineData("red_can", 0.085f)]
    [InlineData("sponge", 0.026f)]
    [InlineData("tin", 0.026f)]
    [InlineData("water_bottle", 0.112f)]
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
        using var rig = new Rig("blue_block");
        var place = new Vector3(0.58f, 0, 0.75f);
        rig.World.Put("blue_block", new MjPose(place, Quaternion.Identity));
        rig.GoTo(place + new Vector3(0, 0, 0.15f));
        rig.GoTo(place + new Vector3(0, 0, 0.026f));
        rig.Do(Rig.Arm(gripper: 1));
        rig.Robot.Move(Rig.Arm(new Vector3(0, 0, 0.1f)), rig.World.Time, Rig.Period);
        rig.Advance(Rig.Period * 0.7);
        rig.Robot.Stop();
        rig.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["blue_block"], rig.Robot.Grasped);
        Assert.True(rig.World.PoseOf("blue_block").Position.Z > place.Z + 0.03f);
    }

    // Where the object is as the gripper sees it.
    private static Vector3 Held(Rig rig, string name) =>
        rig.World.PoseOf(name).Position - rig.World.Data.Pose(MjObject.Site, rig.World.Model.Id(MjObject.Site, "grip")).Position;
}
