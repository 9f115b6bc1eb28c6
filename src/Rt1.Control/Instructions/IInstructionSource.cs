using Rt1.Core;

namespace Rt1.Control;

/// <summary>Where instructions come from: one on the command line, or an operator who types while the robot runs.</summary>
public interface IInstructionSource
{
    /// <summary>How the episode under way ends before its time, because <see cref="Take"/> has something else to say; null lets it go on.</summary>
    EpisodeEnd? Interruption { get; }

    /// <summary>Waits for the next instruction; the robot holds meanwhile. An empty one: go on holding. Null: no more will come.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    string? Take(CancellationToken cancellation);

    /// <summary>
    /// Hears that the policy does not know the instruction taken last: says so and goes on, or throws the reason to end the run.
    /// </summary>
    void Refuse(UnknownInstructionException reason);
}
