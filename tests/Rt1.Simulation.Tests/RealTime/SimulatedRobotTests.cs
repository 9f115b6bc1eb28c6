using System.Numerics;
using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class SimulatedRobotTests
{
    private static readonly SimulatedRobotOptions Options =
        new() { Name = "test", Scene = new Scene { Objects = ["red_can"] }, ImageHeight = 64, ImageWidth = 80, FrameRateHz = 20 };

    [Fact]
    public void SimulatedRobot_DescribesItself()
    {
        using var robot = new SimulatedRobot(Options, TimeProvider.System);
        Assert.Equal(("test", "edr", 64, 80, 20), (robot.Description.Name, robot.Description.Embodiment,
            robot.Description.ImageHeight, robot.Description.ImageWidth, robot.Description.FrameRateHz));
        Assert.True(robot.Description.HasBase);
    }

    [Fact]
    public void SimulatedRobot_Kuka_SaysThatItHasNoBase()
    {
        using var robot = new SimulatedRobot(Options with { Scene = new Scene { Place = "bin", Robot = "kuka" } }, TimeProvider.System);
        Assert.Equal(("kuka", false), (robot.Description.Embodiment, robot.Description.HasBase));
    }

    [Fact]
    public void SimulatedRobot_InRealTime_SendsFramesMovesAndStops()
    {
        using var robot = new SimulatedRobot(Options, TimeProvider.System);
        using var frames = new CountdownEvent(5);
        var stamps = new List<TimeSpan>();
        robot.FrameCaptured += frame =>
        {
            if (frames.IsSet)
                return;
            stamps.Add(frame.CapturedAt);
            frames.Signal();
        };
        Assert.True(frames.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(stamps.Order(), stamps);

        var before = robot.State.EndEffectorPosition;
        var now = TimeProvider.System.GetElapsedTime(0);
        robot.Move(Rig.Arm(new Vector3(0, 0.04f, 0)), now, TimeSpan.FromSeconds(0.3));
        Assert.True(SpinWait.SpinUntil(() => (robot.State.EndEffectorPosition - before).Y > 0.037f, TimeSpan.FromSeconds(20)));

        robot.Move(Rig.Arm(new Vector3(0, -0.1f, 0)), now, TimeSpan.FromSeconds(60));
        Assert.True(SpinWait.SpinUntil(() => robot.State.IsMoving, TimeSpan.FromSeconds(20)));
        robot.Stop("test");
        Assert.True(SpinWait.SpinUntil(() => !robot.State.IsMoving, TimeSpan.FromSeconds(20)));
        Assert.False(robot.Completion.IsCompleted);
    }

    [Fact]
    public async Task Dispose_EndsTheSimulation()
    {
        var robot = new SimulatedRobot(Options, TimeProvider.System);
        robot.Dispose();
        robot.Dispose();
        await robot.Completion;
    }

    [Fact]
    public async Task Completion_SubscriberThrows_IsFaulted()
    {
        using var robot = new SimulatedRobot(Options, TimeProvider.System);
        robot.FrameCaptured += _ => throw new InvalidOperationException("camera cable");
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => robot.Completion.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("camera cable", e.Message);
        var refused = Assert.Throws<Rt1Exception>(() => robot.Move(RobotAction.Terminate, default, Rig.Period));
        Assert.Contains("camera cable", refused.Message);
    }
}
