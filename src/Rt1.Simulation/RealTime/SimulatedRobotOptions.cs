using System.ComponentModel.DataAnnotations;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>A simulated robot: its section in <c>configs/robots/*.yaml</c>.</summary>
public sealed record SimulatedRobotOptions
{
    public string Name { get; init; } = "sim";

    /// <summary>The world: place, robot and objects.</summary>
    public Scene Scene { get; init; } = new();

    /// <summary>Where the objects stand, and the camera's noise: the same seed, the same run.</summary>
    public int Seed { get; init; }

    /// <summary>Camera image height, pixels.</summary>
    [Range(16, 2048)]
    public int ImageHeight { get; init; } = 256;

    /// <summary>Camera image width, pixels.</summary>
    [Range(16, 2048)]
    public int ImageWidth { get; init; } = 320;

    /// <summary>Whether the camera's pictures have noise.</summary>
    public bool SensorNoise { get; init; } = true;

    /// <summary>Camera frames a second.</summary>
    [Range(0.1, 60)]
    public double FrameRateHz { get; init; } = 10;

    /// <summary>
    /// The robot's time advances only as its runtime asks for frames, and then as fast as the machine can; otherwise it is real time.
    /// </summary>
    public bool Lockstep { get; init; }

    /// <summary>The largest motions of one step that the robot accepts.</summary>
    public ActionLimits Limits { get; init; } = new();

    internal RobotDescription Describe(Lab lab) => new()
    {
        Name = Name,
        Embodiment = Scene.Robot,
        ImageHeight = ImageHeight,
        ImageWidth = ImageWidth,
        FrameRateHz = FrameRateHz,
        Limits = Limits,
        HasBase = lab.Robot.HasBase,
    };
}
