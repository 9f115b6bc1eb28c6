using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>The scripted expert in a policy's place: what the judges and the tasks allow at best. It looks at the simulator's state, not at frames.</summary>
public sealed class ExpertPolicy(Trial trial) : IPolicy
{
    /// <summary>RT-1's fields in bins of some hundredths of a millimetre: the expert's actions pass unrounded.</summary>
    private static readonly ActionSpace FineSpace = new(ActionSpace.Default.Fields, vocabularySize: 1 << 16);

    public ActionSpace ActionSpace => FineSpace;

    public string Description => "scripted expert";

    public void Begin(string instruction) { }

    public PolicyDecision Decide(Observation observation)
    {
        var action = trial.ExpertAction();
        return new PolicyDecision { Tokens = FineSpace.Tokenize(action), Action = action };
    }

    public void Dispose() { }
}
