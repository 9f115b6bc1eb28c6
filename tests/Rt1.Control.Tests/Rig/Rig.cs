using Microsoft.Extensions.Time.Testing;
using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>
/// A control loop with a camera, a policy, a robot and a recorder that live on one fake clock. The loop waits only inside them, and
/// there they push the clock forward themselves: one thread, no sleeping, the same run every time. The clock starts at zero.
/// </summary>
internal sealed class Rig
{
    private static readonly CancellationTokenSource None = new();

    public Rig()
    {
        Camera = new(this);
        Policy = new(this);
        Robot = new(this);
        Recorder = new(this);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.MinValue);

    public FakeCamera Camera { get; }

    public FakePolicy Policy { get; }

    public FakeRobot Robot { get; }

    public FakeRecorder Recorder { get; }

    public ControlOptions Options { get; init; } = new() { MaxSteps = 10 };

    /// <summary>What happened to robot, policy and recorder, in order: "begin", "decide", "send", "record", "stop", "end".</summary>
    public List<string> Log { get; } = [];

    public TimeSpan Now => Time.GetElapsedTime(0);

    public IReadOnlyList<EpisodeStep> Steps => Recorder.Steps;

    public ControlLoop Loop() => new(Robot, Camera, Policy, new SafetySupervisor(Robot.Description), Recorder, Options, Time);

    public EpisodeEnd Run(CancellationToken? cancellation = null) => Loop().Run("pick up the can", () => null, cancellation ?? None.Token);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
