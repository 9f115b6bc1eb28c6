using Rt1.Core;

namespace Rt1.Control.Tests;

public sealed class ControlSessionTests
{
    private readonly Rig _rig = new() { Options = new() { MaxSteps = 10 } };

    [Fact]
    public void Run_SingleInstruction_RunsOneEpisode()
    {
        var summary = new ControlSession(_rig.Loop()).Run(new SingleInstruction("pick up the can"));

        Assert.Equal(("pick up the can", 1, 10, EpisodeOutcome.StepLimit), (summary.Instruction, summary.Episodes, summary.Steps, summary.Outcome));
    }

    [Fact]
    public void Run_NewInstruction_TakesEffectAtTheNextStepWithAnEmptyHistory()
    {
        var instructions = new FakeInstructions(_rig, (0, "pick up the can"), (4, "open the drawer"));
        var histories = new List<int>();
        _rig.Policy.OnDecide = _ => histories.Add(_rig.Policy.History.Count);

        new ControlSession(_rig.Loop()).Run(instructions);

        Assert.Equal(["pick up the can", "open the drawer"], _rig.Policy.Instructions);
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], histories);
        Assert.Equal(["pick up the can", "open the drawer"], _rig.Recorder.Headers.Select(h => h.Instruction));
        Assert.Equal([EpisodeOutcome.Interrupted, EpisodeOutcome.StepLimit], _rig.Recorder.Ends.Select(e => e.Outcome));
        Assert.Equal([0, 1, 2, 3, 0, 1], _rig.Steps.Take(6).Select(s => s.Index));
    }

    [Fact]
    public void Run_TwoInstructionsAtOnce_ObeysEachForAtLeastOneStep()
    {
        var instructions = new FakeInstructions(_rig, (0, "pick up the can"), (0, "open the drawer"));

        new ControlSession(_rig.Loop()).Run(instructions);

        Assert.Equal(11, _rig.Steps.Count);
        Assert.Equal(2, _rig.Recorder.Headers.Count);
    }

    [Fact]
    public void Run_EmptyLine_HoldsTheRobotUntilTheNextInstruction()
    {
        var instructions = new FakeInstructions(_rig, (0, "pick up the can"), (4, ""), (4, "open the drawer"));

        new ControlSession(_rig.Loop()).Run(instructions);

        var held = _rig.Log.IndexOf("stop");
        Assert.Equal(["record", "stop", "end", "take", "take", "begin", "decide"], _rig.Log[(held - 1)..(held + 6)]);
        Assert.Equal(14, _rig.Steps.Count);
    }

    [Fact]
    public void Run_UnknownInstruction_HoldsTheRobotAndGoesOnReading()
    {
        var instructions = new FakeInstructions(_rig, (0, "pick up the can"), (4, "unknown"), (4, "open the drawer"));

        var summary = new ControlSession(_rig.Loop()).Run(instructions);

        Assert.Equal(["unknown"], instructions.Refused);
        Assert.Equal(["pick up the can", "open the drawer"], _rig.Recorder.Headers.Select(h => h.Instruction));
        Assert.Equal((2, 14), (summary.Episodes, summary.Steps));
        var refused = _rig.Log.IndexOf("refuse");
        Assert.Contains("stop", _rig.Log[..refused]);
        Assert.Equal("take", _rig.Log[refused + 1]);
    }

    [Fact]
    public void Run_SingleInstructionThatIsUnknown_Throws()
    {
        var session = new ControlSession(_rig.Loop());

        Assert.Throws<UnknownInstructionException>(() => session.Run(new SingleInstruction("unknown")));
        Assert.Equal(0, session.Summary.Episodes);
    }

    [Fact]
    public void Run_EpisodeFails_HoldsAndTakesTheNextInstruction()
    {
        _rig.Policy.Action = step => step == 2 ? new() { Mode = (ControlMode)9 } : FakePolicy.Forward;
        var ends = new List<EpisodeOutcome>();
        var session = new ControlSession(_rig.Loop());
        session.EpisodeEnded += end => ends.Add(end.Outcome);

        var summary = session.Run(new FakeInstructions(_rig, (0, "pick up the can"), (3, "open the drawer")));

        Assert.Equal([EpisodeOutcome.Failed, EpisodeOutcome.StepLimit], ends);
        Assert.Equal((EpisodeOutcome.StepLimit, 13, 1), (summary.Outcome, summary.Steps, summary.Refused));
    }

    [Fact]
    public void Run_SourceEnds_TakesNoFurtherInstruction()
    {
        _rig.Camera.LastFrame = 20;

        var summary = new ControlSession(_rig.Loop()).Run(new FakeInstructions(_rig, (0, "pick up the can"), (100, "open the drawer")));

        Assert.Equal((EpisodeOutcome.SourceEnded, 1), (summary.Outcome, summary.Episodes));
    }

    [Fact]
    public void Run_CancelledWhileHolding_Returns()
    {
        using var source = new CancellationTokenSource();
        var instructions = new FakeInstructions(_rig, (0, "pick up the can"), (10, "")) { OnTake = () => CancelAfter(10, source) };

        var summary = new ControlSession(_rig.Loop()).Run(instructions, source.Token);

        Assert.Equal((1, 10), (summary.Episodes, summary.Steps));
    }

    [Fact]
    public void Run_CancelledWhileMoving_EndsTheEpisodeAndTheRun()
    {
        using var source = new CancellationTokenSource();
        _rig.Policy.OnDecide = step => CancelAfter(3, source);

        var summary = new ControlSession(_rig.Loop()).Run(new FakeInstructions(_rig, (0, "pick up the can"), (50, "more")), source.Token);

        Assert.Equal((EpisodeOutcome.Interrupted, 1, 3), (summary.Outcome, summary.Episodes, summary.Steps));
        Assert.Equal("stop", _rig.Log[^3]);
    }

    [Fact]
    public void Run_CancelledWithInstructionsThatNeverEnd_EndsTheRun()
    {
        using var source = new CancellationTokenSource();
        _rig.Policy.OnDecide = step => CancelAfter(3, source);

        var summary = new ControlSession(_rig.Loop()).Run(new EndlessInstructions(), source.Token);

        Assert.Equal((EpisodeOutcome.Interrupted, 1, 3), (summary.Outcome, summary.Episodes, summary.Steps));
    }

    [Fact]
    public void Run_FaultEscapes_SummaryTellsIt()
    {
        var session = new ControlSession(_rig.Loop());
        _rig.Robot.OnSend = command => _ = command < 3 ? 0 : throw new Rt1Exception("the lease is lost.");

        Assert.Throws<Rt1Exception>(() => session.Run(new SingleInstruction("pick up the can")));

        Assert.Equal((EpisodeOutcome.Failed, "the lease is lost.", 3), (session.Summary.Outcome, session.Summary.Reason, session.Summary.Steps));
    }

    /// <summary>Always has another instruction, and looks at no token.</summary>
    private sealed class EndlessInstructions : IInstructionSource
    {
        public EpisodeEnd? Interruption => null;

        public string? Take(CancellationToken cancellation) => "pick up the can";

        public void Refuse(UnknownInstructionException reason) => throw reason;
    }

    private void CancelAfter(int steps, CancellationTokenSource source)
    {
        if (_rig.Steps.Count >= steps)
            source.Cancel();
    }
}
