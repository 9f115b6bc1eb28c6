using System.Collections.Concurrent;
using Rt1.Core;
using Rt1.Simulation;
using Rt1.Vision;

namespace Rt1.Cli.Sim;

/// <summary>
/// Shows what a simulated robot's camera sees, with its latest command drawn below. Draws in a thread of its own, and leaves frames out
/// rather than to keep the robot waiting.
/// </summary>
internal sealed class RobotView : IDisposable
{
    private const int MaxWaiting = 16;

    private readonly ISimulatedDriver _robot;
    private readonly IViewOutput _output;
    private readonly BlockingCollection<(Frame Frame, RobotAction? Action)> _waiting = new(MaxWaiting);
    private readonly EpisodeHeader _header;
    private readonly Thread _thread;

    private RobotView(ISimulatedDriver robot, IViewOutput output)
    {
        (_robot, _output) = (robot, output);
        _header = new EpisodeHeader
        {
            Instruction = robot.Description.Name,
            Policy = "",
            Robot = robot.Description,
            RateHz = robot.Description.FrameRateHz,
            Latency = default,
            StartedAt = default,
        };
        _thread = new Thread(Draw) { Name = "view", IsBackground = true };
        _thread.Start();
        robot.FrameCaptured += Take;
    }

    /// <summary>Where it is to be seen, a line for people.</summary>
    public string Announcement => _output.Announcement;

    /// <param name="target">A video file, or a loopback URL with its port.</param>
    /// <exception cref="Rt1Exception">The file cannot be written, or the port is in use.</exception>
    public static RobotView Open(string target, ISimulatedDriver robot) => new(robot,
        target.Contains("://", StringComparison.Ordinal) ? new MjpegServer(target) : new VideoOutput(target, robot.Description.FrameRateHz));

    /// <summary>Shows what still waits, and ends.</summary>
    public void Dispose()
    {
        _robot.FrameCaptured -= Take;
        _waiting.CompleteAdding();
        _thread.Join();
        _output.Dispose();
        _waiting.Dispose();
    }

    private void Take(Frame frame)
    {
        if (!_waiting.IsAddingCompleted)
            _waiting.TryAdd((frame, _robot.LatestAction));
    }

    /// <summary>A view that breaks is given up; the robot goes on.</summary>
    private void Draw()
    {
        try
        {
            DrawAll();
        }
        catch (Exception e) when (e is Rt1Exception or IOException)
        {
            Console.Error.WriteLine($"rt1: the view ended: {e.Message}");
        }
    }

    private void DrawAll()
    {
        foreach (var (frame, action) in _waiting.GetConsumingEnumerable())
        {
            _output.Show(ActionOverlay.Draw(frame, _header, new EpisodeStep
            {
                Index = (int)frame.Sequence,
                Status = StepStatus.Ok,
                Decision = action is null ? null : new PolicyDecision { Tokens = [], Action = action },
            }));
        }
    }
}

/// <summary>Where pictures go. Used by one thread.</summary>
internal interface IViewOutput : IDisposable
{
    string Announcement { get; }

    void Show(Frame picture);
}
