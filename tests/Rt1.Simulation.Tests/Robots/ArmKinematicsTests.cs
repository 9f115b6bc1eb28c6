using System.Numerics;
using Mujoco;

namespace Rt1.Simulation.Tests;

public class ArmKinematicsTests
{
    [Fact]
    public void Forward_EqualsTheWorldsGripperPose()
    {
        using var rig = new Rig();
        rig.Do(Rig.Arm(new Vector3(0.03f, 0.05f, -0.05f), new Vector3(0.2f, 0.1f, -0.3f)));
        var world = rig.World.Data.Pose(MjObject.Site, rig.World.Model.Id(MjObject.Site, "grip"));
        ArmMotionTests.AssertNear(world.Position, rig.Robot.GripperPose.Position, 0.002f);
    }

    [Fact]
    public void StepTowards_FarPose_ConvergesOntoIt()
    {
        using var kinematics = new ArmKinematics("edr");
        var joints = (double[])kinematics.Home.Clone();
        var target = new MjPose(new Vector3(0.75f, 0.15f, 0.85f), Quaternion.CreateFromYawPitchRoll(0.2f, MathF.PI, 0.3f));
        for (var i = 0; i < 500; i++)
            kinematics.StepTowards(target, joints, maxStep: 0.02, posture: 0.001);
        var reached = kinematics.Forward(joints);
        ArmMotionTests.AssertNear(target.Position, reached.Position, 0.0005f);
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(target.Orientation, reached.Orientation)), 4);
    }

    [Fact]
    public void StepTowards_UnreachablePose_KeepsStepAndJointLimits()
    {
        using var kinematics = new ArmKinematics("edr");
        var joints = (double[])kinematics.Home.Clone();
        for (var i = 0; i < 1000; i++)
        {
            var before = (double[])joints.Clone();
            kinematics.StepTowards(new MjPose(new Vector3(-1, -2, 0), Quaternion.Identity), joints, maxStep: 0.01, posture: 0);
            for (var j = 0; j < joints.Length; j++)
            {
                Assert.InRange(joints[j], kinematics.Lower[j], kinematics.Upper[j]);
                Assert.InRange(joints[j] - before[j], -0.01 - 1e-12, 0.01 + 1e-12);
            }
        }
    }
}
