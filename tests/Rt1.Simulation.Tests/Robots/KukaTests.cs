using System.Numerics;
using Mujoco;

namespace Rt1.Simulation.Tests;

public class KukaTests
{
    private static readonly Scene Bin = new() { Place = "bin", Robot = "kuka", Objects = ["orange", "blue_block", "tin", "cup", "banana"] };

    [Fact]
    public void Move_RollAndPitch_AreLeftOutAndYawTurns()
    {
        using var rig = new Rig(Bin);
        var before = rig.State;
        rig.Do(Rig.Arm(new Vector3(0.03f, 0.02f, -0.04f), new Vector3(0.3f, -0.2f, 0.3f)));
        ArmMotionTests.AssertNear(before.EndEffectorPosition + new Vector3(0.03f, 0.02f, -0.04f), rig.Position, 0.004f);
        var down = Vector3.Transform(Vector3.UnitZ, rig.State.EndEffectorOrientation);
        ArmMotionTests.AssertNear(-Vector3.UnitZ, down, 0.01f);
        var fingers = Vector3.Transform(Vector3.UnitY, rig.State.EndEffectorOrientation);
        Assert.Equal(0.3, Math.Atan2(-fingers.X, fingers.Y), 0.01);
    }

    [Fact]
    public void Move_BaseMode_MovesNothing()
    {
        using var rig = new Rig(Bin);
        Assert.False(rig.Robot.HasBase);
        var before = rig.Position;
        rig.Do(Rig.Base(0.2f, 0, 0));
        ArmMotionTests.AssertNear(before, rig.Position, 0.001f);
        Assert.Equal(Vector3.Zero, rig.State.BasePose);
    }

    [Fact]
    public void Grasp_FromTheBin_LiftsTheObjectOut()
    {
        using var rig = new Rig(Bin with { Objects = ["blue_block"] });
        var place = rig.World.PoseOf("blue_block").Position;
        rig.World.Put("blue_block", new MjPose(place, Quaternion.Identity));
        rig.GoTo(place + new Vector3(0, 0, 0.15f));
        rig.GoTo(place + new Vector3(0, 0, 0.026f));
        rig.Do(Rig.Arm(gripper: 1));
        rig.Do(Rig.Arm());
        for (var i = 0; i < 4; i++)
            rig.Do(Rig.Arm(new Vector3(0, 0, 0.05f)));
        Assert.Equal(["blue_block"], rig.Robot.Grasped);
        Assert.True(rig.World.PoseOf("blue_block").Position.Z > 0.55f);
    }

    [Theory]
    [InlineData("bin", "kuka", 0.42f)]
    [InlineData("bins", "edr", 0.75f)]
    public void Reset_ObjectsLieWithinTheWallsInThePicture(string place, string robot, float floor)
    {
        using var lab = new Lab(Bin with { Place = place, Robot = robot }, 128, 160);
        for (var seed = 0; seed < 3; seed++)
        {
            lab.Reset(seed);
            var visible = lab.Camera.VisiblePixels();
            foreach (var name in lab.World.Scene.Objects)
            {
                Assert.Equal(floor, lab.World.PoseOf(name).Position.Z, 0.004f);
                Assert.True(visible.GetValueOrDefault(name) > 10, $"'{name}' shows {visible.GetValueOrDefault(name)} pixels with seed {seed}");
            }
        }
    }
}
