using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>Decides what a test says, and takes as long as it says.</summary>
internal sealed class FakePolicy(Rig rig) : IPolicy
{
    private int _steps;

    public static RobotAction Forward { get; } = new() { Mode = ControlMode.Arm, WorldVector = new(0.05f, 0, 0) };

    /// <summary>What is decided at a step of the run, counted over all of its episodes.</summary>
    public Func<int, RobotAction> Action { get; set; } = _ => Forward;

    public Func<int, TimeSpan> Duration { get; set; } = _ => Rig.Ms(40);

    /// <summary>Called when a step's decision is half done.</summary>
    public Action<int> OnDecide { get; set; } = _ => { };

    public Action OnBegin { get; set; } = () => { };

    public List<string> Instructions { get; } = [];

    /// <summary>Observations since the last instruction.</summary>
    public List<Observation> History { get; } = [];

    public ActionSpace ActionSpace => ActionSpace.Default;

    public string Description => "fake";

    public void Begin(string instruction)
    {
        OnBegin();
        if (instruction.StartsWith("unknown", StringComparison.Ordinal))
            throw new UnknownInstructionException(instruction, ["pick up the can"]);
        Instructions.Add(instruction);
        History.Clear();
    }

    public PolicyDecision Decide(Observation observation)
    {
        rig.Log.Add("decide");
        var step = _steps++;
        rig.Time.Advance(Duration(step) / 2);
        OnDecide(step);
        rig.Time.Advance(Duration(step) / 2);
        History.Add(observation);
        return new() { Tokens = [], Action = Action(step) };
    }

    public void Dispose() { }
}
