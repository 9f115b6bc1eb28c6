using System.Numerics;
using Mujoco;

namespace Rt1.Simulation.Tests;

public class KitchenTests
{
    [Theory]
    [InlineData("kitchen1")]
    [InlineData("kitchen2")]
    public void Stands_CounterAndTable_AreADriveApart(string place)
    {
        using var world = new World(new Scene { Place = place, Objects = [] });
        Assert.Equal(["counter", "drawers", "sink", "table"], world.Stands.Keys.Order());
        var way = world.Stands["counter"] - world.Stands["table"];
        Assert.True(new Vector2(way.X, way.Y).Length() >= 1.2f, $"{way}");
        Assert.True(Math.Abs(way.Z) > 1);
    }

    /// <summary>By closed fingers between handle and front: the gripper leans back, so that its wrist stays clear of the handle above.</summary>
    [Theory]
    [InlineData("kitchen1", "top")]
    [InlineData("kitchen1", "middle")]
    [InlineData("kitchen1", "bottom")]
    [InlineData("kitchen2", "bottom")]
    public void Drawer_PulledByItsHandle_OpensStaysAndIsPushedShut(string place, string drawer)
    {
        var scene = new Scene { Place = place, Objects = [] };
        using var rig = At(scene, "drawers");
        var handle = Handle(rig, drawer);
        rig.Do(Rig.Arm(gripper: 1));
        for (var i = 0; i < 2; i++)
            rig.Do(Rig.Arm(rotation: new Vector3(0, -0.35f, 0)));
        var hooked = handle + new Vector3(0.019f, 0, 0.016f);
        rig.GoTo(hooked + new Vector3(-0.12f, 0, 0.14f));
        rig.GoTo(hooked);
        for (var i = 0; i < 5; i++)
            rig.Do(Rig.Arm(new Vector3(-0.04f, 0, 0)));
        var open = Opening(rig, drawer);
        Assert.InRange(open, 0.15, 0.25);

        rig.Do(Rig.Arm(new Vector3(0.015f, 0, 0)));
        rig.GoTo(rig.Position + new Vector3(-0.08f, 0, 0.1f));
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(open, Opening(rig, drawer), 0.02);

        rig.GoTo(rig.Position + new Vector3(-0.02f, 0, -0.09f));
        for (var i = 0; i < 9; i++)
            rig.Do(Rig.Arm(new Vector3(0.04f, 0, 0)));
        Assert.InRange(Opening(rig, drawer), -0.01, 0.02);
    }

    [Theory]
    [InlineData("kitchen1", "drawers")]
    [InlineData("kitchen2", "drawers")]
    [InlineData("kitchen1", "counter")]
    [InlineData("kitchen2", "counter")]
    [InlineData("kitchen1", "table")]
    [InlineData("kitchen2", "table")]
    public void Capture_FromAStand_ShowsItsWork(string place, string stand)
    {
        using var lab = new Lab(new Scene { Place = place, Objects = ["apple", "red_can", "sponge"] }, 96, 96);
        lab.Reset(1, new RobotStart { BasePose = lab.World.Stands[stand] }, stand == "table" ? "workspace_table" : "workspace_counter");
        var visible = lab.Camera.VisiblePixels();
        foreach (var name in stand == "drawers" ? ["drawer_top", "drawer_middle", "drawer_bottom"] : lab.World.Scene.Objects)
            Assert.True(visible.GetValueOrDefault(name) > 30, $"'{name}' shows {visible.GetValueOrDefault(name)} pixels");
    }

    private static Rig At(Scene scene, string stand)
    {
        using var world = new World(scene);
        return new Rig(scene, new RobotStart { BasePose = world.Stands[stand] });
    }

    // In the base frame, for a base that looks along x.
    private static Vector3 Handle(Rig rig, string drawer)
    {
        var site = rig.World.Model.Id(MjObject.Site, $"drawer_{drawer}_handle");
        var at = rig.Robot.BasePose;
        return rig.World.Data.Pose(MjObject.Site, site).Position - new Vector3(at.X, at.Y, 0);
    }

    private static double Opening(Rig rig, string drawer) =>
        rig.World.Data.qpos[rig.World.Model.Field<int>("jnt_qposadr")[rig.World.Model.Id(MjObject.Joint, $"drawer_{drawer}")]];
}
