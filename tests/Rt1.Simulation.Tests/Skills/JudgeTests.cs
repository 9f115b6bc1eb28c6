using System.Numerics;
using Mujoco;

namespace Rt1.Simulation.Tests;

/// <summary>Each judge says yes to what was asked, and no to what comes near it.</summary>
public class JudgeTests
{
    private const float Surface = 0.751f;

    private static readonly Vector3 Middle = new(0.6f, 0, Surface);

    [Fact]
    public void Pick_NeedsHeightAndGrip()
    {
        using var trial = Tasks.Trial("pick", "apple");
        var start = trial.Height("apple");
        trial.Until(() => trial.Height("apple") > start + 0.03f);
        Assert.False(trial.Succeeded);
        trial.Until(() => trial.Height("apple") > start + 0.085f);
        Assert.True(trial.Succeeded);
        trial.Lab.World.Put("apple", At(Middle + new Vector3(0, 0.15f, 0.15f)));
        trial.Lab.AdvanceTo(trial.Lab.Time + TimeSpan.FromSeconds(0.01));
        Assert.False(trial.Succeeded);
    }

    [Theory]
    [InlineData(0.04f, 0f, true)]
    [InlineData(0.06f, 0f, true)]
    [InlineData(0.08f, 0f, false)]
    [InlineData(0.04f, 0.06f, false)]
    [InlineData(0.04f, -0.3f, false)]
    public void MoveNear_NeedsASmallGapOnTheSurface(float gap, float up, bool expected)
    {
        using var trial = Tasks.Trial("move_near", "orange", "apple");
        trial.Lab.World.Put("apple", At(Middle));
        trial.Lab.World.Put("orange", At(Middle + new Vector3(0, 0.034f + 0.034f + gap, up)));
        Assert.Equal(expected, trial.Succeeded);
    }

    [Theory]
    [InlineData("open_drawer", 0.205, true)]
    [InlineData("open_drawer", 0.19, false)]
    [InlineData("close_drawer", 0.014, true)]
    [InlineData("close_drawer", 0.018, false)]
    public void Drawer_NeedsNearlyAllOfTheWay(string skill, double opening, bool expected)
    {
        using var trial = Tasks.Trial(skill, "middle", place: "kitchen1");
        trial.SetJoint("drawer_middle", opening);
        Assert.Equal(expected, trial.Succeeded);
        trial.SetJoint("drawer_middle", skill == "open_drawer" ? 0 : 0.2);
        trial.SetJoint("drawer_top", opening);
        Assert.False(trial.Succeeded);
    }

    [Theory]
    [InlineData(0.1f, 0.1f, true)]
    [InlineData(0.18f, 0f, false)]
    [InlineData(0f, 0.3f, false)]
    public void DriveTo_NeedsPlaceAndHeading(float off, float turn, bool expected)
    {
        using var trial = Tasks.Trial("drive_to", "table", place: "kitchen2");
        Assert.False(trial.Succeeded);
        var goal = trial.Lab.World.Stands["table"];
        trial.Lab.Robot.Reset(new RobotStart { BasePose = goal + new Vector3(off, 0, turn) });
        Assert.Equal(expected, trial.Succeeded);
    }

    [Theory]
    [InlineData(0f, 0.01f, true)]
    [InlineData(0f, 0.12f, false)]
    [InlineData(0.11f, 0f, false)]
    public void PlaceInto_NeedsItInside(float aside, float up, bool expected)
    {
        using var trial = Tasks.Trial("place_into", "blue_block", "bowl");
        trial.Lab.World.Put("bowl", At(Middle));
        trial.Lab.World.Put("blue_block", At(Middle + new Vector3(0, aside, up)));
        Assert.Equal(expected, trial.Succeeded);
    }

    [Theory]
    [InlineData(0.16f, 0f, true)]
    [InlineData(0.16f, 0.1f, false)]
    [InlineData(0f, 0.007f, false)]
    public void PickFrom_NeedsItOnTheCounter(float aside, float up, bool expected)
    {
        using var trial = Tasks.Trial("pick_from", "orange", "basket");
        Assert.False(trial.Succeeded);
        trial.Lab.World.Put("basket", At(Middle));
        trial.Lab.World.Put("orange", At(Middle + new Vector3(0, aside, up)));
        Assert.Equal(expected, trial.Succeeded);
    }

    [Theory]
    [InlineData(0f, false)]
    [InlineData(0.9f, false)]
    [InlineData(1.5707964f, true)]
    public void KnockOver_NeedsItLying(float tilt, bool expected)
    {
        using var trial = Tasks.Trial("knock_over", "red_can");
        Tilt(trial, "red_can", tilt);
        Assert.Equal(expected, trial.Succeeded);
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(0.4f, false)]
    [InlineData(1.5707964f, false)]
    public void PlaceUpright_NeedsItStanding(float tilt, bool expected)
    {
        using var trial = Tasks.Trial("place_upright", "red_can");
        Assert.False(trial.Succeeded);
        Tilt(trial, "red_can", tilt);
        Assert.Equal(expected, trial.Succeeded);
    }

    [Fact]
    public void PickAnything_NeedsSomeObjectHeldHigh()
    {
        using var trial = Tasks.Trial("pick_anything", "anything", place: "bin", robot: "kuka", others: ["apple", "tin"]);
        trial.Lab.World.Put("apple", At(trial.Lab.World.PoseOf("apple").Position + new Vector3(0, 0, 0.3f)));
        Assert.False(trial.Succeeded);
        trial.Until(() => trial.Succeeded);
        Assert.Single(trial.Lab.Robot.Grasped);
    }

    private static MjPose At(Vector3 position) => new(position, Quaternion.Identity);

    private static void Tilt(Trial trial, string name, float angle)
    {
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, angle);
        trial.Lab.World.Put(name, new MjPose(Middle + new Vector3(0, 0, 0.031f * MathF.Sin(angle)), turn));
    }
}
