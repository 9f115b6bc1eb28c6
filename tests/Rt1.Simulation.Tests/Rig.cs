using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

/// <summary>A world and its robot without a camera, driven step by step at 3 Hz.</summary>
internal sealed class Rig : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1 / 3.0);

    public Rig(params string[] objects) : this(new Scene { Objects = objects }) { }

    public Rig(Scene scene, RobotStart? start = null)
    {
        World = new World(scene);
        Robot = new MobileManipulator(World);
        World.Reset(seed: 1);
        Robot.Reset(start);
        Advance(TimeSpan.FromSeconds(0.3));
    }

    public World World { get; }

    public MobileManipulator Robot { get; }

    public RobotState State => Robot.Measure(World.Time);

    public Vector3 Position => State.EndEffectorPosition;

    public static RobotAction Arm(Vector3 translation = default, Vector3 rotation = default, float gripper = 0) =>
        new() { Mode = ControlMode.Arm, WorldVector = translation, RotationDelta = rotation, GripperClosednessAction = gripper };

    public static RobotAction Base(float forward, float left, float turn) =>
        new() { Mode = ControlMode.Base, BaseDisplacementVector = new(forward, left), BaseDisplacementVerticalRotation = turn };

    /// <summary>One control step: the motion starts now and takes one period.</summary>
    public void Do(RobotAction action)
    {
        Robot.Move(action, World.Time, Period);
        Advance(Period);
    }

    public void Advance(TimeSpan time)
    {
        for (var end = World.Time + time; World.Time < end;)
            World.Step(Robot.Control);
    }

    /// <summary>Moves the gripper to a point of the base frame, at most 5 cm a step.</summary>
    public void GoTo(Vector3 target)
    {
        for (var i = 0; i < 40 && (target - Position).Length() > 0.002f; i++)
        {
            var way = target - Position;
            Do(Arm(way.Length() > 0.05f ? way * (0.05f / way.Length()) : way));
        }
    }

    public void Dispose()
    {
        Robot.Dispose();
        World.Dispose();
    }
}
