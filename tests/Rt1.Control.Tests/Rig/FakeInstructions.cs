using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>An operator who gives each instruction when a number of steps has been recorded.</summary>
internal sealed class FakeInstructions(Rig rig, params (int AfterStep, string Instruction)[] script) : IInstructionSource
{
    private readonly Queue<(int AfterStep, string Instruction)> _script = new(script);

    public List<string> Refused { get; } = [];

    /// <summary>Called before each wait.</summary>
    public Action OnTake { get; set; } = () => { };

    public EpisodeEnd? Interruption => _script.TryPeek(out var next) && rig.Steps.Count >= next.AfterStep
        ? new(EpisodeOutcome.Interrupted, "the operator gave another instruction.")
        : null;

    public string? Take(CancellationToken cancellation)
    {
        rig.Log.Add("take");
        OnTake();
        cancellation.ThrowIfCancellationRequested();
        return _script.TryDequeue(out var next) ? next.Instruction : null;
    }

    public void Refuse(UnknownInstructionException reason)
    {
        rig.Log.Add("refuse");
        Refused.Add(reason.Instruction);
    }
}
