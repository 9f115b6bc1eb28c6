using System.Numerics;
using Rt1.Core;
using static Rt1.Control.Tests.Rig;

namespace Rt1.Control.Tests;

/// <summary>What is sent and recorded, how episodes end, and that the robot is stopped first.</summary>
public sealed class ControlLoopTests
{
    [Fact]
    public void Run_OneStep_ObservesDecidesSendsRecordsAndStops()
    {
        var rig = new Rig { Options = new() { MaxSteps = 1 } };

        var end = rig.Run();

        Assert.Equal(new(EpisodeOutcome.StepLimit), end);
        Assert.Equal(["begin", "decide", "send", "record", "stop", "end"], rig.Log);
        Assert.Equal(end, Assert.Single(rig.Recorder.Ends));
        var step = Assert.Single(rig.Steps);
        Assert.Equal((0, StepStatus.Ok, ReplyStatus.Accepted), (step.Index, step.Status, step.Reply));
        Assert.Same(rig.Robot.Commands[0], step.Command);
        Assert.Equal(FakePolicy.Forward, step.Applied);
    }

    [Fact]
    public void Run_Header_SaysWhoDoesWhatWithWhat()
    {
        var rig = new Rig { Options = new() { RateHz = 5, Latency = Ms(150), MaxSteps = 1 } };

        rig.Run();

        Assert.Equal(
            new()
            {
                Instruction = "pick up the can",
                Policy = "fake",
                Robot = rig.Robot.Description,
                RateHz = 5,
                Latency = Ms(150),
                StartedAt = DateTimeOffset.MinValue,
            },
            Assert.Single(rig.Recorder.Headers));
    }

    [Fact]
    public void Run_Observations_CarryTheStateOfTheLastReply()
    {
        var rig = new Rig { Options = new() { MaxSteps = 4 } };
        rig.Robot.Reply = command => command == 1 ? new() { Status = ReplyStatus.TimedOut } : null;

        rig.Run();

        Assert.Equal([0, 1, 1, 3], rig.Policy.History.Select(o => o.State!.EndEffectorPosition.X));
    }

    [Fact]
    public void Run_FramesWithState_AreObservedWithThatState()
    {
        var rig = new Rig { Options = new() { MaxSteps = 3 } };
        rig.Camera.State = at => new() { EndEffectorPosition = new(0, (float)at.TotalSeconds, 0) };

        rig.Run();

        Assert.All(rig.Policy.History, o => Assert.Equal((float)o.Image.CapturedAt.TotalSeconds, o.State!.EndEffectorPosition.Y));
    }

    [Fact]
    public void Run_EveryStep_IsToldToListenersAfterItsRecording()
    {
        var rig = new Rig();
        var seen = new List<EpisodeStep>();
        var loop = rig.Loop();
        loop.StepTaken += step =>
        {
            Assert.Same(rig.Steps[^1], step);
            seen.Add(step);
        };

        loop.Run("go", () => null);

        Assert.Equal(Enumerable.Range(0, 10), seen.Select(s => s.Index));
    }

    [Fact]
    public void Run_PolicyTerminates_TellsAndStopsTheRobot()
    {
        var rig = new Rig();
        rig.Policy.Action = step => step == 4 ? RobotAction.Terminate : FakePolicy.Forward;

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.Terminated, end.Outcome);
        Assert.Equal(5, rig.Steps.Count);
        Assert.Equal(StepStatus.Terminated, rig.Steps[^1].Status);
        Assert.Equal(RobotAction.Terminate, rig.Robot.Commands[^1].Action);
        Assert.Single(rig.Robot.Stops);
    }

    [Fact]
    public void Run_PolicyTerminatesLate_IsHonouredAllTheSame()
    {
        var rig = new Rig();
        rig.Policy.Action = step => step == 4 ? RobotAction.Terminate : FakePolicy.Forward;
        rig.Policy.Duration = step => Ms(step == 4 ? 500 : 40);

        Assert.Equal(EpisodeOutcome.Terminated, rig.Run().Outcome);
    }

    [Fact]
    public void Run_ActionBeyondTheLimits_SendsWhatWasChecked()
    {
        var rig = new Rig { Options = new() { MaxSteps = 1 } };
        rig.Policy.Action = _ => FakePolicy.Forward with { WorldVector = new(3, 0, 0) };

        rig.Run();

        var step = rig.Steps[0];
        Assert.Equal(StepStatus.Clamped, step.Status);
        Assert.Equal(0.1f, rig.Robot.Commands[0].Action.WorldVector.X, 1e-6f);
        Assert.Equal(3, step.Decision!.Action.WorldVector.X);
    }

    [Fact]
    public void Run_ValuesInTheBinsAroundZero_AreSentAsZeroAndRecordedAsDecided()
    {
        var rig = new Rig { Options = new() { MaxSteps = 1 } };
        rig.Policy.Action = _ => FakePolicy.Forward with { RotationDelta = new(0, 0, 0.006f), GripperClosednessAction = -0.0039f };

        rig.Run();

        Assert.Equal(FakePolicy.Forward, rig.Robot.Commands[0].Action);
        Assert.Equal(StepStatus.Ok, rig.Steps[0].Status);
        Assert.Equal(0.006f, rig.Steps[0].Decision!.Action.RotationDelta.Z);
    }

    [Fact]
    public void Run_RobotShortensMore_RecordsWhatIsApplied()
    {
        var rig = new Rig { Options = new() { MaxSteps = 1 } };
        var applied = FakePolicy.Forward with { WorldVector = Vector3.Zero };
        rig.Robot.Reply = _ => new() { Status = ReplyStatus.Clamped, Applied = applied, Reason = "near the table" };

        rig.Run();

        Assert.Equal((StepStatus.Clamped, "near the table", applied), (rig.Steps[0].Status, rig.Steps[0].Reason, rig.Steps[0].Applied));
    }

    [Fact]
    public void Run_UnsafeAction_SendsNothingStopsTheRobotAndFails()
    {
        var rig = new Rig();
        rig.Policy.Action = step => step == 2 ? new() { Mode = (ControlMode)187 } : FakePolicy.Forward;

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.Failed, end.Outcome);
        Assert.StartsWith("terminate_episode must be 0 (terminate), 1 (arm) or 2 (base), got 187", end.Reason);
        Assert.Equal(2, rig.Robot.Commands.Count);
        Assert.Equal((StepStatus.Refused, end.Reason), (rig.Steps[^1].Status, rig.Steps[^1].Reason));
        Assert.Equal(end.Reason, Assert.Single(rig.Robot.Stops));
    }

    [Fact]
    public void Run_RobotRefusesOnce_GoesOn()
    {
        var rig = new Rig();
        rig.Robot.Reply = command => command == 3 ? new() { Status = ReplyStatus.Refused, Reason = "its start is past" } : null;

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.StepLimit, end.Outcome);
        Assert.Equal((StepStatus.Refused, "its start is past"), (rig.Steps[3].Status, rig.Steps[3].Reason));
        Assert.Null(rig.Steps[3].Applied);
        Assert.Equal(StepStatus.Ok, rig.Steps[4].Status);
    }

    [Fact]
    public void Run_RobotRefusesForGood_FailsWithItsReason()
    {
        var rig = new Rig();
        rig.Robot.Reply = command => command >= 3 ? new() { Status = ReplyStatus.Refused, Reason = "emergency stop" } : null;

        var end = rig.Run();

        Assert.Equal(new(EpisodeOutcome.Failed, "5 steps in a row had no effect; the last: emergency stop"), end);
        Assert.Single(rig.Robot.Stops);
    }

    [Fact]
    public void Run_RobotStopsAnswering_FailsAfterTheConfiguredNumber()
    {
        var rig = new Rig { Options = new() { MaxConsecutiveFaults = 2 } };
        rig.Robot.Reply = command => command >= 3 ? new() { Status = ReplyStatus.TimedOut } : null;

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.Failed, end.Outcome);
        Assert.Equal("2 steps in a row had no effect; the last: the robot did not answer.", end.Reason);
        Assert.Equal([StepStatus.ReplyTimeout, StepStatus.ReplyTimeout], rig.Steps.Skip(3).Select(s => s.Status));
    }

    [Fact]
    public void Run_SourceEnds_EndsTheEpisode()
    {
        var rig = new Rig();
        rig.Camera.LastFrame = 42; // 1.4 s: steps 0 to 4

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.SourceEnded, end.Outcome);
        Assert.Equal(5, rig.Steps.Count);
        Assert.Single(rig.Robot.Stops);
    }

    public static TheoryData<string> Faults =>
        ["policy begins", "policy", "camera", "recorder begins", "recorder", "robot", "state", "listener"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Run_AnythingThrows_StopsTheRobotFirstAndRethrows(string where)
    {
        var rig = new Rig();
        var loop = rig.Loop();
        var fault = new InvalidOperationException($"{where} broke");
        void Break(string what)
        {
            if (what == where)
                throw fault;
        }
        rig.Policy.OnBegin = () => Break("policy begins");
        rig.Policy.OnDecide = step => Break(step == 2 ? "policy" : "");
        rig.Camera.OnNext = call => Break(call == 2 ? "camera" : "");
        rig.Recorder.OnBegin = () => Break("recorder begins");
        rig.Recorder.OnRecord = step => Break(step.Index == 2 ? "recorder" : "");
        rig.Robot.OnSend = command => Break(command == 2 ? "robot" : "");
        rig.Robot.OnReadState = () => Break("state");
        loop.StepTaken += step => Break(step.Index == 2 ? "listener" : "");

        Assert.Same(fault, Assert.Throws<InvalidOperationException>(() => loop.Run("go", () => null)));

        Assert.Equal($"{where} broke", Assert.Single(rig.Robot.Stops));
        Assert.Equal(["stop", "end"], rig.Log[^2..]);
        Assert.Equal(new(EpisodeOutcome.Failed, $"{where} broke"), Assert.Single(rig.Recorder.Ends));
    }

    [Fact]
    public void Run_RecorderFailsToCloseAfterAFault_ReportsTheFault()
    {
        var rig = new Rig();
        rig.Policy.OnDecide = _ => throw new InvalidOperationException("policy broke");
        rig.Recorder.OnEnd = () => throw new Rt1Exception("disk full");

        Assert.Equal("policy broke", Assert.Throws<InvalidOperationException>(() => rig.Run()).Message);
    }

    [Fact]
    public void Run_RecorderFailsToClose_HasStoppedTheRobot()
    {
        var rig = new Rig();
        rig.Recorder.OnEnd = () => throw new Rt1Exception("disk full");

        Assert.Equal("disk full", Assert.Throws<Rt1Exception>(() => rig.Run()).Message);
        Assert.Single(rig.Robot.Stops);
    }

    [Fact]
    public void Run_UnknownInstruction_MovesAndRecordsNothing()
    {
        var rig = new Rig();

        Assert.Throws<UnknownInstructionException>(() => rig.Loop().Run("unknown", () => null));

        Assert.Empty(rig.Recorder.Headers);
        Assert.Empty(rig.Robot.Commands);
    }

    [Fact]
    public void Run_CancelledBeforeTheFirstFrame_SendsNothing()
    {
        var rig = new Rig();

        var end = rig.Run(new CancellationToken(canceled: true));

        Assert.Equal(EpisodeOutcome.Interrupted, end.Outcome);
        Assert.Equal(["stop", "begin", "stop", "end"], rig.Log);
    }

    [Fact]
    public void Run_CancelledWhileDeciding_StopsTheRobotAtOnceAndDoesNotSendTheDecision()
    {
        var rig = new Rig();
        using var source = new CancellationTokenSource();
        rig.Policy.OnDecide = step =>
        {
            CancelAt(step == 3, source);
            Assert.Equal(step == 3 ? ["the operator stopped it."] : [], rig.Robot.Stops);
        };

        var end = rig.Run(source.Token);

        Assert.Equal(EpisodeOutcome.Interrupted, end.Outcome);
        Assert.Equal(3, rig.Robot.Commands.Count);
        Assert.Equal(["decide", "stop", "stop", "end"], rig.Log[^4..]);
    }

    [Fact]
    public void Run_CancelledWhileWaitingForAFrame_StopsTheRobotAtOnce()
    {
        var rig = new Rig();
        using var source = new CancellationTokenSource();
        rig.Camera.OnNext = call => CancelAt(call == 3, source);

        var end = rig.Run(source.Token);

        Assert.Equal(EpisodeOutcome.Interrupted, end.Outcome);
        Assert.Equal(["record", "stop", "stop", "end"], rig.Log[^4..]);
    }

    [Fact]
    public void Run_CancelledWhileSending_RecordsTheStepThenStops()
    {
        var rig = new Rig();
        using var source = new CancellationTokenSource();
        rig.Robot.OnSend = command => CancelAt(command == 3, source);

        var end = rig.Run(source.Token);

        Assert.Equal(EpisodeOutcome.Interrupted, end.Outcome);
        Assert.Equal(["send", "stop", "record", "stop", "end"], rig.Log[^5..]);
    }

    private static void CancelAt(bool now, CancellationTokenSource source)
    {
        if (now)
            source.Cancel();
    }
}
