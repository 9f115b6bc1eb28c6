using System.Numerics;

namespace Rt1.Simulation.Tests;

public class RobotStartTests
{
    [Fact]
    public void Reset_GivenStart_PutsBaseGripperAndFingersThere()
    {
        using var rig = new Rig();
        var home = rig.Position;
        rig.Robot.Reset(new RobotStart
        {
            BasePose = new(-0.3f, 0.1f, 0.2f),
            GripperOffset = new(0.05f, 0.06f, -0.04f),
            GripperYaw = 0.4f,
            GripperClosedness = 0.5f,
        });
        ArmMotionTests.AssertNear(home + new Vector3(0.05f, 0.06f, -0.04f), rig.Position, 0.001f);
        ArmMotionTests.AssertNear(new Vector3(-0.3f, 0.1f, 0.2f), rig.State.BasePose, 1e-4f);
        Assert.Equal(0.5, rig.State.GripperClosedness, 0.01);
        var fingers = Vector3.Transform(Vector3.UnitY, rig.State.EndEffectorOrientation);
        Assert.Equal(0.4, Math.Atan2(-fingers.X, fingers.Y), 0.01);
        rig.Advance(TimeSpan.FromSeconds(0.5));
        ArmMotionTests.AssertNear(home + new Vector3(0.05f, 0.06f, -0.04f), rig.Position, 0.001f);
    }

    [Fact]
    public void Vary_SameNumbers_GiveTheSameStartWithinItsBounds()
    {
        var start = new RobotStart { BasePose = new(1, 2, 3) };
        RobotStart Varied(int seed) => start.Vary(new Random(seed), new(0.1f, 0.2f, 0), new(0, 0, 0.05f), 0.3f);
        Assert.Equal(Varied(1), Varied(1));
        Assert.NotEqual(Varied(1), Varied(2));
        for (var seed = 0; seed < 50; seed++)
        {
            var varied = Varied(seed);
            Assert.InRange(varied.BasePose!.Value.X, 0.9f, 1.1f);
            Assert.Equal(3, varied.BasePose.Value.Z);
            Assert.Equal((0, 0), (varied.GripperOffset.X, varied.GripperOffset.Y));
            Assert.InRange(varied.GripperOffset.Z, -0.05f, 0.05f);
            Assert.InRange(varied.GripperYaw, -0.3f, 0.3f);
        }
    }
}
