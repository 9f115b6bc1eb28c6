using System.ComponentModel.DataAnnotations;
using Rt1.Core;
using Rt1.Link;
using Rt1.Vision;

namespace Rt1.Cli.Run;

/// <summary>Where the policy's frames come from.</summary>
internal sealed record CameraConfig
{
    /// <summary>
    /// <c>robot</c> for the camera behind the robot's link; else a camera (<c>0</c>, <c>/dev/video0</c>), a stream (<c>rtsp://…</c>),
    /// a video file or a folder of images.
    /// </summary>
    public string Source { get; init; } = "robot";

    /// <summary>Frames a second asked of a camera or taken from a video file; null leaves it its own.</summary>
    [Range(0, 1000, MinimumIsExclusive = true)]
    public double? RateHz { get; init; }

    /// <summary>How long an image is under way from the camera to this process.</summary>
    [Range(0, 2_000)]
    public TimeSpan Delay { get; init; }

    /// <summary>The source that is asked for; the robot's own camera is closed with the robot.</summary>
    /// <exception cref="Rt1Exception">It does not open, or its frames are not of the size that the policy needs.</exception>
    public IFrameSource Open(RobotClient robot, (int Height, int Width) size)
    {
        if (Source != "robot" && robot.IsLockstep)
            throw new Rt1Exception($"camera.source: the robot is in lockstep, and '{Source}' runs in real time; use source: robot.");
        if (Source != "robot")
            return FrameSources.Open(Source, new FrameSourceOptions { Height = size.Height, Width = size.Width, RateHz = RateHz, Delay = Delay }, TimeProvider.System);
        var description = robot.Description;
        if ((description.ImageHeight, description.ImageWidth) != size)
            throw new FrameShapeException($"robot '{description.Name}'", size.Height, size.Width, description.ImageHeight, description.ImageWidth);
        return robot;
    }
}
