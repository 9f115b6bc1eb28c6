namespace Rt1.Link;

/// <summary>How a robot is served.</summary>
public sealed record RobotServerOptions
{
    /// <summary>Where commands are taken; port 0 takes a free one.</summary>
    public string Endpoint { get; init; } = "tcp://127.0.0.1:5555";

    /// <summary>The port on the same host where frames are published; 0 takes a free one. Runtimes learn it from the welcome.</summary>
    public int FramesPort { get; init; }

    /// <summary>Without a word from its owner for this long, the robot is free for another.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time to live that a command may ask for.</summary>
    public TimeSpan MaxTimeToLive { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan MinPeriod { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan MaxPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A command whose start has passed by more than this is discarded.</summary>
    public TimeSpan LateTolerance { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>0 to 100; null publishes raw pixels, except of frames that the camera gave as JPEG.</summary>
    public int? JpegQuality { get; init; } = 95;

    public LinkSecurity Security { get; init; } = new();
}
