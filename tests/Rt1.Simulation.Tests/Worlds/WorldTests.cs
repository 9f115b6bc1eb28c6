using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class WorldTests
{
    [Fact]
    public void Reset_SameSeed_PlacesTheObjectsTheSame()
    {
        using var world = new World(new Scene());
        world.Reset(7);
        var first = Poses(world);
        world.Step(() => { });
        world.Reset(8);
        Assert.NotEqual(first, Poses(world));
        world.Reset(7);
        Assert.Equal(first, Poses(world));
    }

    [Theory]
    [InlineData("apple,banana,blue_block,bowl,brown_box,cup,red_can,tin,milk_carton")]
    [InlineData("basket,carrot,chip_bag,chocolate_bar,green_bottle,pink_ball")]
    [InlineData("jam_jar,orange,sponge,water_bottle")]
    public void Reset_EverySeed_PlacesTheObjectsApartOnTheCounterWhereTheyStayStanding(string objects)
    {
        using var world = new World(new Scene { Objects = objects.Split(',') });
        for (var seed = 0; seed < 5; seed++)
        {
            world.Reset(seed);
            var placed = Poses(world);
            for (var i = 0; i < 250; i++)
                world.Step(() => { });
            foreach (var ((name, was), (_, pose)) in placed.Zip(Poses(world)))
            {
                Assert.Equal(0.75f, pose.Position.Z, 0.003f);
                ArmMotionTests.AssertNear(was.Position, pose.Position, 0.01f);
                Assert.True(Vector3.Transform(Vector3.UnitZ, pose.Orientation).Z > 0.99f, $"'{name}' fell over with seed {seed}");
            }
        }
    }

    [Fact]
    public void Step_DroppedObject_FallsOntoTheCounterAndLies()
    {
        using var world = new World(new Scene { Objects = ["blue_block"] });
        world.Reset(0);
        world.Put("blue_block", new MjPose(new Vector3(0.6f, 0, 0.95f), Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.3f)));
        for (var i = 0; i < 100; i++)
            world.Step(() => { });
        Assert.Equal(0.95f - 0.5f * 9.81f * 0.2f * 0.2f, world.PoseOf("blue_block").Position.Z, 0.01f);
        for (var i = 0; i < 500; i++)
            world.Step(() => { });
        Assert.InRange(world.PoseOf("blue_block").Position.Z, 0.74f, 0.80f);
        Assert.True(world.VelocityOf("blue_block").Length() < 0.01f);
    }

    [Fact]
    public void Step_PhysicsBlowsUp_ThrowsWithMujocosWordsAndRecoversByReset()
    {
        using var world = new World(new Scene { Objects = ["blue_block"] });
        world.Reset(0);
        world.Step(() => { });
        var e = Assert.Throws<SimulationDivergedException>(() => world.Step(() => world.Data.qfrc_applied.Fill(1e20)));
        Assert.Equal(MjWarning.BadQacc, e.Warning);
        Assert.Contains("QACC", e.Message);
        Assert.Equal(world.TimeStep.TotalSeconds, e.Time.TotalSeconds, 6);
        world.Reset(0);
        world.Step(() => { });
        Assert.Equal(0.75f, world.PoseOf("blue_block").Position.Z, 0.002f);
    }

    [Theory]
    [InlineData("teapot", "scene.objects: unknown 'teapot'")]
    [InlineData("red_can,red_can", "'red_can' is there twice")]
    public void World_ImpossibleObjects_AreRefusedByName(string objects, string message)
    {
        var e = Assert.Throws<Rt1Exception>(() => new World(new Scene { Objects = objects.Split(',') }));
        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void World_UnknownPlaceOrRobot_IsRefusedByName()
    {
        Assert.Contains("'moon'", Assert.Throws<Rt1Exception>(() => new World(new Scene { Place = "moon" })).Message);
        Assert.Contains("'hal'", Assert.Throws<Rt1Exception>(() => new World(new Scene { Robot = "hal" })).Message);
    }

    private static List<(string, MjPose)> Poses(World world) => [.. world.Scene.Objects.Select(name => (name, world.PoseOf(name)))];
}
