using System.Diagnostics;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Simulation;

/// <summary>What one frame of a simulated robot costs, the physics of its control step included.</summary>
/// <param name="FramesPerSecond">Physics and picture (sensor noise included), by the processor time of the whole process: what one core makes.</param>
/// <param name="WallFramesPerSecond">The same by the clock on the wall, beside whatever else the machine does.</param>
/// <param name="PhysicsMs">Processor time of one control step.</param>
/// <param name="RenderMs">Processor time of one picture.</param>
/// <param name="EncodeMs">Processor time of its JPEG; not part of the frames a second.</param>
/// <param name="SetupMs">Processor time of building and resetting a lab, once an episode.</param>
public sealed record SimulationTimings(
    string Robot, int Height, int Width, double FramesPerSecond, double WallFramesPerSecond,
    double PhysicsMs, double RenderMs, double EncodeMs, double SetupMs);

/// <summary>Measures a lab whose arm moves all the time.</summary>
public static class SimulationBenchmark
{
    private const double RateHz = 3;
    private const int WarmUp = 3;

    /// <param name="scene">Robot, place and objects.</param>
    /// <param name="frames">How many are measured.</param>
    public static SimulationTimings Run(Scene scene, int height, int width, int frames)
    {
        var (setup, physics, render, encode) = (new Share(), new Share(), new Share(), new Share());
        setup.Start();
        using var lab = new Lab(scene, height, width);
        lab.Reset(seed: 1);
        lab.Capture();
        setup.Stop();
        for (var i = 0; i < WarmUp + frames; i++)
        {
            if (i == WarmUp)
                (physics, render, encode) = (new Share(), new Share(), new Share());
            lab.Robot.Move(Action(i), lab.Time, TimeSpan.FromSeconds(1 / RateHz));
            physics.Start();
            lab.AdvanceTo(lab.Time + TimeSpan.FromSeconds(1 / RateHz));
            physics.Stop();
            render.Start();
            var frame = lab.Capture();
            render.Stop();
            encode.Start();
            ImageCodec.EncodeJpeg(frame);
            encode.Stop();
        }
        return new SimulationTimings(scene.Robot, height, width,
            frames / (physics.Processor + render.Processor), frames / (physics.Wall + render.Wall),
            1000 * physics.Processor / frames, 1000 * render.Processor / frames, 1000 * encode.Processor / frames, 1000 * setup.Processor);
    }

    // Back and forth over the workspace, so that all of the arm and the gripper move.
    private static RobotAction Action(int step) => new()
    {
        Mode = ControlMode.Arm,
        WorldVector = new(0.01f * MathF.Cos(step), 0.04f * MathF.Sin(0.5f * step), 0.02f * MathF.Sin(0.9f * step)),
        RotationDelta = new(0, 0, 0.1f * MathF.Sin(0.7f * step)),
        GripperClosednessAction = MathF.Sin(0.4f * step),
    };

    /// <summary>Time spent in one part of the work, seconds.</summary>
    private sealed class Share
    {
        private TimeSpan _processor;
        private long _wall;

        public double Processor { get; private set; }

        public double Wall { get; private set; }

        public void Start() => (_processor, _wall) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());

        public void Stop()
        {
            Processor += (Environment.CpuUsage.TotalTime - _processor).TotalSeconds;
            Wall += Stopwatch.GetElapsedTime(_wall).TotalSeconds;
        }
    }
}
