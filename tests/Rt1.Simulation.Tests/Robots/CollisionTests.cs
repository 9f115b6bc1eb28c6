using System.Numerics;

namespace Rt1.Simulation.Tests;

public class CollisionTests
{
    [Fact]
    public void Move_GripperIntoTheCounter_StopsAtItsSurfaceAndComesUpAgain()
    {
        using var rig = new Rig();
        rig.GoTo(new Vector3(0.6f, 0, 0.85f));
        for (var i = 0; i < 6; i++)
            rig.Do(Rig.Arm(new Vector3(0, 0, -0.05f)));

        // The finger tips are 22 mm below the grip point.
        Assert.InRange(rig.Position.Z, 0.75f + 0.022f - 0.005f, 0.75f + 0.022f + 0.005f);
        rig.Do(Rig.Arm(new Vector3(0, 0, 0.05f)));
        Assert.Equal(0.75f + 0.022f + 0.05f, rig.Position.Z, 0.006f);
    }

    [Fact]
    public void Move_BaseIntoTheCounter_StopsBeforeIt()
    {
        using var rig = new Rig();
        for (var i = 0; i < 4; i++)
            rig.Do(Rig.Base(0.2f, 0, 0));
        Assert.InRange(rig.State.BasePose.X, 0.28f, 0.33f);
        rig.Do(Rig.Base(-0.1f, 0, 0));
        Assert.InRange(rig.State.BasePose.X, 0.18f, 0.23f);
    }

    [Fact]
    public void Move_GripperAgainstAnObject_PushesIt()
    {
        using var rig = new Rig("blue_block");
        rig.World.Put("blue_block", new(new Vector3(0.6f, 0.08f, 0.75f), Quaternion.Identity));
        rig.GoTo(new Vector3(0.6f, -0.08f, 0.85f));
        rig.GoTo(new Vector3(0.6f, -0.08f, 0.79f));
        for (var i = 0; i < 5; i++)
            rig.Do(Rig.Arm(new Vector3(0, 0.03f, 0)));
        Assert.InRange(rig.World.PoseOf("blue_block").Position.Y, 0.1f, 0.25f);
    }
}
