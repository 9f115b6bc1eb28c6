using Rt1.Core;
using static Rt1.Control.Tests.Rig;

namespace Rt1.Control.Tests;

/// <summary>Deadlines, latency, overruns and stale frames.</summary>
public sealed class ControlLoopTimingTests
{
    [Theory]
    [InlineData(3, 30)]
    [InlineData(3, 3)]
    [InlineData(5, 30)]
    [InlineData(7, 59.94)]
    [InlineData(20, 60)]
    public void Run_ThousandSteps_DueTimesDoNotDrift(double rateHz, double cameraHz)
    {
        var rig = new Rig { Options = new() { RateHz = rateHz, MaxSteps = 1_000, Latency = Ms(100) } };
        var random = new Random(1);
        rig.Robot.Description = rig.Robot.Description with { FrameRateHz = cameraHz };
        rig.Camera.RateHz = cameraHz;
        rig.Time.Advance(Ms(123.4));
        rig.Policy.Duration = _ => Ms(random.Next(1, 30));

        rig.Run();

        var start = rig.Steps[0].Observation!.Image.CapturedAt;
        Assert.Equal(1_000, rig.Robot.Commands.Count);
        for (var k = 0; k < 1_000; k++)
        {
            var (step, frame) = (rig.Steps[k], rig.Steps[k].Observation!.Image);
            Assert.Equal(start + TimeSpan.FromSeconds(k / rateHz), step.Timing.Due);
            Assert.InRange((frame.CapturedAt - step.Timing.Due).TotalSeconds * cameraHz, -0.5001, 0.5001);
            Assert.Equal(frame.CapturedAt + Ms(100), rig.Robot.Commands[k].StartAt);
            Assert.True(rig.Robot.ReceivedAt[k] <= rig.Robot.Commands[k].StartAt);
        }
        Assert.Distinct(rig.Robot.Commands.Select(c => c.FrameSequence));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(280)]
    public void Run_DecisionReadyEarly_IsSentAtOnceAndStartsLatencyAfterCapture(double latencyMs)
    {
        var rig = new Rig { Options = new() { Latency = Ms(latencyMs), TimeToLive = Ms(700), MaxSteps = 3 } };

        rig.Run();

        var (step, command) = (rig.Steps[1], rig.Robot.Commands[1]);
        var capture = step.Observation!.Image.CapturedAt;
        Assert.Equal(capture + Ms(10 + 40), rig.Robot.ReceivedAt[1]);
        Assert.Equal(capture + Ms(latencyMs), command.StartAt);
        Assert.Equal(rig.Options.Period, command.Duration);
        Assert.Equal(Ms(700), command.TimeToLive);
        Assert.Equal(new StepTiming(step.Timing.Due, FrameAge: Ms(10), Decide: Ms(40), Latency: Ms(50), RoundTrip: Ms(1)), step.Timing);
    }

    [Fact]
    public void Run_DecisionReadyJustAtItsStart_IsInTime()
    {
        var rig = new Rig { Options = new() { Latency = Ms(50), MaxSteps = 1 } };

        rig.Run();

        Assert.Equal(StepStatus.Ok, rig.Steps[0].Status);
    }

    [Fact]
    public void Run_DecisionLaterThanItsStart_IsDiscardedAndTheNextStepIsDueAsEver()
    {
        var rig = new Rig();
        rig.Policy.Duration = step => Ms(step == 3 ? 91 : 40);

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.StepLimit, end.Outcome);
        Assert.Equal(9, rig.Robot.Commands.Count);
        Assert.DoesNotContain(rig.Robot.Commands, c => c.FrameSequence == rig.Steps[3].Observation!.Image.Sequence);
        Assert.Equal(StepStatus.Overrun, rig.Steps[3].Status);
        Assert.Null(rig.Steps[3].Command);
        Assert.Equal(
            "the decision came 101 ms after its frame's capture, later than control.latency_ms: 100; raise that, or take a smaller model.",
            rig.Steps[3].Reason);
        Assert.Equal((StepStatus.Ok, 0), (rig.Steps[4].Status, rig.Steps[4].Skipped));
        Assert.Equal(rig.Steps[0].Timing.Due + TimeSpan.FromSeconds(4 / 3.0), rig.Steps[4].Timing.Due);
    }

    [Fact]
    public void Run_OverrunOverSeveralPeriods_SkipsThemAndNeverBursts()
    {
        var rig = new Rig();
        rig.Policy.Duration = step => Ms(step == 3 ? 800 : 40);

        rig.Run();

        Assert.Equal(2, rig.Steps[4].Skipped);
        Assert.Equal((rig.Steps[3].Timing.Due + 3 * rig.Options.Period).TotalSeconds, rig.Steps[4].Timing.Due.TotalSeconds, 1e-6);
        Assert.All(rig.Steps.Zip(rig.Steps.Skip(1)), pair =>
            Assert.True(pair.Second.Observation!.Image.CapturedAt - pair.First.Observation!.Image.CapturedAt > 0.9 * rig.Options.Period));
    }

    [Fact]
    public void Run_LatencyLongerThanThePeriod_KeepsTheRateWhileDecisionsFitIntoIt()
    {
        var rig = new Rig { Options = new() { RateHz = 10, Latency = Ms(250), MaxSteps = 100 } };
        rig.Policy.Duration = _ => Ms(85);

        rig.Run();

        Assert.All(rig.Steps, step => Assert.Equal((StepStatus.Ok, 0), (step.Status, step.Skipped)));
    }

    [Fact]
    public void Run_DecisionsAlwaysTooLate_FailsAfterTheConfiguredNumber()
    {
        var rig = new Rig { Options = new() { MaxConsecutiveFaults = 4 } };
        rig.Policy.Duration = _ => Ms(200);

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.Failed, end.Outcome);
        Assert.StartsWith("4 steps in a row had no effect; the last: the decision came 210 ms after its frame's capture", end.Reason);
        Assert.Equal(4, rig.Steps.Count);
        Assert.Empty(rig.Robot.Commands);
        Assert.Equal(end.Reason, Assert.Single(rig.Robot.Stops));
    }

    [Fact]
    public void Run_FramesMissingForAWhile_DecidesNothingAndGoesOnInStep()
    {
        var rig = new Rig();
        rig.Camera.IsLost = at => at > Ms(900) && at < Ms(1_990); // the frames of steps 3, 4 and 5

        rig.Run();

        Assert.Equal([3, 4, 5], rig.Steps.Where(s => s.Status == StepStatus.StaleObservation).Select(s => s.Index));
        Assert.All(rig.Steps.Skip(3).Take(3), s => Assert.Null(s.Observation));
        Assert.Equal("no camera frame came within 317 ms of its due time; check the camera and the link.", rig.Steps[4].Reason);
        Assert.Equal(7, rig.Policy.History.Count);
        for (var k = 0; k < 10; k++)
            Assert.Equal(TimeSpan.FromSeconds(k / 3.0), rig.Steps[k].Timing.Due);
    }

    [Fact]
    public void Run_FramesMissingForGood_FailsAndStopsTheRobot()
    {
        var rig = new Rig { Options = new() { MaxConsecutiveFaults = 3 } };
        rig.Camera.IsLost = at => at > Ms(900);

        var end = rig.Run();

        Assert.Equal(EpisodeOutcome.Failed, end.Outcome);
        Assert.Equal(6, rig.Steps.Count);
        Assert.Equal(end.Reason, Assert.Single(rig.Robot.Stops));
        Assert.InRange(rig.Now, Ms(1_900), Ms(2_000));
    }

    [Fact]
    public void Run_NoFrameAtAll_FailsAfterItsFirstFrameTimeout()
    {
        var rig = new Rig { Options = new() { FirstFrameTimeout = Ms(2_000) } };
        rig.Camera.IsLost = _ => true;

        var end = rig.Run();

        Assert.Equal(new(EpisodeOutcome.Failed, "no camera frame came within 2000 ms; check the camera and the link."), end);
        Assert.Equal(Ms(2_000), rig.Now);
        Assert.Single(rig.Robot.Stops);
    }

    [Fact]
    public void Run_FaultsWithGoodStepsBetween_DoNotAddUp()
    {
        var rig = new Rig { Options = new() { MaxSteps = 30, MaxConsecutiveFaults = 2 } };
        rig.Policy.Duration = step => Ms(step % 2 == 0 ? 200 : 40);

        Assert.Equal(EpisodeOutcome.StepLimit, rig.Run().Outcome);
    }

    [Fact]
    public void Run_CameraSlowerThanTheLoop_NeverDecidesTwiceOnOneFrame()
    {
        var rig = new Rig { Options = new() { RateHz = 3, MaxSteps = 30 } };
        rig.Robot.Description = rig.Robot.Description with { FrameRateHz = 2 };
        rig.Camera.RateHz = 2;

        rig.Run();

        Assert.Distinct(rig.Robot.Commands.Select(c => c.FrameSequence));
        Assert.InRange(rig.Robot.Commands.Count, 19, 21);
    }

    [Fact]
    public void Run_FrameNewerThanItsDueTimeWhenLate_TakesTheNewest()
    {
        var rig = new Rig { Options = new() { RateHz = 2, MaxSteps = 3, TimeToLive = Ms(700) } };
        rig.Robot.OnSend = command => rig.Time.Advance(command == 0 ? Ms(460) : default); // until just past the next due time

        rig.Run();

        Assert.Equal(Ms(500), rig.Steps[1].Timing.Due);
        Assert.Equal(0.5, rig.Steps[1].Observation!.Image.CapturedAt.TotalSeconds, 1e-6);
        Assert.Equal(Ms(10), rig.Steps[1].Timing.FrameAge);
    }
}
