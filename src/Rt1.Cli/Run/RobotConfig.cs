using System.ComponentModel.DataAnnotations;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Link;
using Rt1.Simulation;

namespace Rt1.Cli.Run;

/// <summary>A robot and how to reach it: <c>configs/robots/*.yaml</c>.</summary>
internal sealed record RobotConfig
{
    /// <summary>Where the robot takes commands; the robot binds, the runtime connects.</summary>
    public string Endpoint { get; init; } = "tcp://127.0.0.1:5555";

    /// <summary>The largest motions of one step that this runtime sends; the robot's own limits when absent.</summary>
    public ActionLimits? Limits { get; init; }

    public LinkConfig Link { get; init; } = new();

    /// <summary>The simulated robot that <c>rt1 sim serve</c> puts behind the endpoint; absent for real robots.</summary>
    public SimulatedRobotOptions? Simulation { get; init; }

    public RobotClientOptions ToClientOptions() => new()
    {
        Endpoint = Endpoint,
        ConnectTimeout = Link.ConnectTimeout,
        ReplyTimeout = Link.ReplyTimeout,
        MaxFrameAge = Link.MaxFrameAge,
        Security = Link.ToSecurity(),
    };

    public RobotServerOptions ToServerOptions() => new() { Endpoint = Endpoint, JpegQuality = Link.JpegQuality, Security = Link.ToSecurity() };
}

/// <summary>Patience and keys of the link. Keys lie in files of their own, so that no configuration or recording holds a secret.</summary>
internal sealed record LinkConfig
{
    /// <summary>How long to wait for the robot's first answer.</summary>
    [Range(1, 600_000)]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for any later answer.</summary>
    [Range(1, 10_000)]
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Frames that arrive older than this are dropped.</summary>
    [Range(1, 10_000)]
    public TimeSpan MaxFrameAge { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Robot end: quality of the published JPEGs; null publishes raw pixels.</summary>
    [Range(1, 100)]
    public int? JpegQuality { get; init; } = 95;

    /// <summary>A file with the secret of both ends (hexadecimal): every message then carries its MAC.</summary>
    public FilePath? SharedKeyFile { get; init; }

    /// <summary>A file with this end's CURVE secret key (Z85), needed beyond loopback.</summary>
    public FilePath? SecretKeyFile { get; init; }

    /// <summary>Runtime end: the robot's CURVE public key (Z85).</summary>
    public string? ServerKey { get; init; }

    /// <summary>Robot end: the CURVE public keys (Z85) of the runtimes that it admits.</summary>
    public IReadOnlyList<string> AllowedClients { get; init; } = [];

    public LinkSecurity ToSecurity() => new()
    {
        SharedKey = ReadKey(SharedKeyFile, "shared_key_file"),
        SecretKey = ReadKey(SecretKeyFile, "secret_key_file"),
        ServerKey = ServerKey,
        AllowedClients = AllowedClients,
    };

    private static string? ReadKey(FilePath? file, string key)
    {
        if (file is not { } path)
            return null;
        return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new Rt1Exception($"link.{key}: '{path}' does not exist.");
    }
}
