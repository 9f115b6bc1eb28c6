using System.Diagnostics;
using Rt1.Core;
using Rt1.Link;

namespace Rt1.Cli.Tests;

/// <summary>A robot in the test's own process, at a free port: gives frames at a fixed rate and remembers when it was told what.</summary>
internal sealed class RecordingRobot : IRobotDriver
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _moves = [];
    private readonly List<Halt> _stops = [];
    private readonly RobotServer _server;
    private readonly Timer _camera;
    private long _frames;

    public RecordingRobot(int imageSize = MiniRuntime.ImageSize)
    {
        Description = new RobotDescription
        {
            Name = "recording",
            Embodiment = "edr",
            ImageHeight = imageSize,
            ImageWidth = imageSize,
            FrameRateHz = 8,
            Limits = new ActionLimits(),
        };
        _server = new RobotServer(this, new RobotServerOptions { Endpoint = "tcp://127.0.0.1:0" });
        var period = TimeSpan.FromSeconds(1 / Description.FrameRateHz);
        _camera = new Timer(_ => Capture(), null, period, period);
    }

    public event Action<Frame>? FrameCaptured;

    public string Endpoint => _server.Endpoint;

    public RobotDescription Description { get; }

    public RobotState State { get; } = new();

    /// <summary>When each motion was commanded, on the clock of <see cref="Now"/>.</summary>
    public IReadOnlyList<TimeSpan> Moves => Locked(() => _moves.ToList());

    public IReadOnlyList<Halt> Stops => Locked(() => _stops.ToList());

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        lock (_gate)
            _moves.Add(Now);
    }

    public void Stop(string reason)
    {
        lock (_gate)
            _stops.Add(new Halt(Now, reason));
    }

    public void Dispose()
    {
        _camera.Dispose();
        _server.Dispose();
    }

    private void Capture()
    {
        var size = Description.ImageHeight;
        var pixels = new byte[size * size * 3];
        Array.Fill(pixels, (byte)(40 * (_frames % 5)));
        FrameCaptured?.Invoke(new Frame { Height = size, Width = size, Pixels = pixels, Sequence = _frames++, CapturedAt = Now });
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    /// <summary>A stop: when, and why.</summary>
    public sealed record Halt(TimeSpan At, string Reason);
}
