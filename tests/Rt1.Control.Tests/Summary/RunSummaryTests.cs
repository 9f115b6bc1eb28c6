using Rt1.Core;
using static Rt1.Control.Tests.Rig;

namespace Rt1.Control.Tests;

public sealed class RunSummaryTests
{
    [Fact]
    public void Summary_RunWithEveryKindOfStep_CountsThem()
    {
        var rig = new Rig { Options = new() { MaxSteps = 20 } };
        rig.Policy.Duration = step => Ms(step switch { 1 => 95, 2 => 800, _ => 40 }); // two overruns; the second skips two due times
        rig.Policy.Action = step => step switch
        {
            3 => new() { Mode = ControlMode.Base, BaseDisplacementVector = new(0.1f, 0) },
            4 => FakePolicy.Forward with { WorldVector = new(1, 0, 0) },
            9 => RobotAction.Terminate,
            _ => FakePolicy.Forward,
        };
        rig.Robot.Reply = command => command switch
        {
            4 => new() { Status = ReplyStatus.Refused, Reason = "no" },
            5 => new() { Status = ReplyStatus.TimedOut },
            _ => null,
        };
        rig.Camera.IsLost = at => at > Ms(2_900) && at < Ms(3_310); // one stale step

        var summary = new ControlSession(rig.Loop()).Run(new SingleInstruction("pick up the can"));

        Assert.Equal(
            new()
            {
                Instruction = "pick up the can",
                Episodes = 1,
                Steps = 11,
                CommandsSent = 8,
                CommandsAcknowledged = 7,
                Modes = new(Terminate: 1, Arm: 8, Base: 1),
                MissedDeadlines = 4,
                StaleObservations = 1,
                Clamped = 1,
                Refused = 1,
                Latency = new(Ms(50), Ms(810), Ms(810)),
                Decide = new(Ms(40), Ms(800), Ms(800)),
                Outcome = EpisodeOutcome.Terminated,
            },
            summary);
    }

    [Fact]
    public void Summary_ModeOutsideTheThree_IsCountedAsUnknown()
    {
        var rig = new Rig();
        rig.Policy.Action = _ => new() { Mode = (ControlMode)200 };

        var summary = new ControlSession(rig.Loop()).Run(new SingleInstruction("pick up the can"));

        Assert.Equal(new(Unknown: 1), summary.Modes);
        Assert.Equal((1, 0, EpisodeOutcome.Failed), (summary.Refused, summary.CommandsSent, summary.Outcome));
    }

    [Fact]
    public void Summary_NoInstruction_IsAnInterruptedRunWithoutFigures()
    {
        var summary = new ControlSession(new Rig().Loop()).Run(new TypedInstructions(TextReader.Null, _ => { }));

        Assert.Equal(new(), summary);
    }
}
