using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class TrialTests
{
    [Fact]
    public void Truth_AtTheStart_FindsTargetReferenceAndGripperInThePicture()
    {
        using var trial = Tasks.Trial("move_near", "orange", "red_can");
        var truth = trial.Truth();
        Assert.True(truth is { TargetVisible: true, ReferenceVisible: true });
        Assert.Equal(2, truth.ObjectPoses.Count);
        var frame = trial.Lab.Capture();
        Assert.True(Colour(frame, truth.TargetPoint) is { X: > 90, Z: < 70 } orange && orange.X > 1.4f * orange.Y);
        var can = Colour(frame, truth.ReferencePoint);
        Assert.True(can.X > 1.05f * can.Y);
    }

    [Fact]
    public void Truth_SkillWithoutReference_SaysSo()
    {
        using var trial = Tasks.Trial("pick", "apple");
        Assert.Equal((new Vector2(0.5f, 0.5f), false), (trial.Truth().ReferencePoint, trial.Truth().ReferenceVisible));
    }

    [Fact]
    public void Truth_TargetPutAway_IsNotVisibleAndAtTheEdge()
    {
        using var trial = Tasks.Trial("pick", "apple");
        trial.Lab.World.Put("apple", trial.Lab.World.PoseOf("apple") with { Position = new Vector3(0.6f, 3, 0) });
        var truth = trial.Truth();
        Assert.False(truth.TargetVisible);
        Assert.InRange(truth.TargetPoint.X, 0, 1);
        Assert.InRange(truth.TargetPoint.Y, 0, 1);
    }

    [Fact]
    public void Step_MotionStartsAfterTheLatency()
    {
        using var trial = Tasks.Trial("pick", "apple");
        var before = trial.Lab.Robot.GripperPose.Position;
        trial.Step(new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0, 0, 0.05f) });
        Assert.Equal(Trial.Period.TotalSeconds, trial.Lab.Time.TotalSeconds, 0.003);
        var moved = trial.Lab.Robot.GripperPose.Position.Z - before.Z;
        Assert.InRange(moved, 0.035f, 0.048f);
        Assert.Equal(0.05f, trial.Lab.Robot.ComingGripperPose.Position.Z - before.Z, 0.002f);
    }

    [Fact]
    public void Constructor_Occlusion_PutsADistractorBeforeTheTarget()
    {
        var situation = Tasks.Situation("pick", "tin", others: ["green_bottle", "apple"]);
        Assert.True(Pixels(situation with { Occlusion = true }) < 0.9 * Pixels(situation));

        static int Pixels(Situation situation)
        {
            using var trial = new Trial(situation, 128, 128);
            return trial.Lab.Camera.VisiblePixels().GetValueOrDefault("tin");
        }
    }

    [Fact]
    public void Constructor_UnknownSkill_NamesTheNearest()
    {
        var situation = Tasks.Situation("pick", "apple");
        var fault = Assert.Throws<Rt1Exception>(() => new Trial(situation with { Task = situation.Task with { Skill = "pik" } }, 96, 96));
        Assert.Contains("did you mean 'pick'", fault.Message);
    }

    private static Vector3 Colour(Frame frame, Vector2 at)
    {
        var pixel = 3 * ((int)(at.Y * frame.Height) * frame.Width + (int)(at.X * frame.Width));
        return new Vector3(frame.Pixels[pixel], frame.Pixels[pixel + 1], frame.Pixels[pixel + 2]);
    }
}
