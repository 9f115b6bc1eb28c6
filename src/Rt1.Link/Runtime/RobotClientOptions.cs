namespace Rt1.Link;

/// <summary>How the runtime reaches a robot.</summary>
public sealed record RobotClientOptions
{
    /// <summary>Where the robot takes commands.</summary>
    public string Endpoint { get; init; } = "tcp://127.0.0.1:5555";

    /// <summary>How the robot's other users see this one.</summary>
    public string ClientName { get; init; } = $"rt1 {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>How long to wait for the robot's first answer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for any later answer.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Frames that arrive older than this are dropped.</summary>
    public TimeSpan MaxFrameAge { get; init; } = TimeSpan.FromMilliseconds(500);

    public LinkSecurity Security { get; init; } = new();
}
