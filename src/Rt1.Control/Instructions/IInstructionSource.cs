using Rt1.Core;

namespace Rt1.Control;

/// <summary>Where instructions come from: one on the command line, or an operator who types while the robot runs.</summary>
public interface IInstructionSource
{
    /// <summary>True when <see cref="Take"/> would return at once with an instruction: the episode under way gives way to it.</summary>
    bool HasNext { get; }

    /// <summary>Waits for the next instruction; the robot holds meanwhile. An empty one: go on holding. Null: no more will come.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    string? Take(CancellationToken cancellation);

    /// <summary>
    /// Hears that the policy does not know the instruction taken last: says so and goes on, or throws the reason to end the run.
    /// </summary>
    void Refuse(UnknownInstructionException reason);
}
