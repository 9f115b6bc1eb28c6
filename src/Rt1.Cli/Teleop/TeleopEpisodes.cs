using Rt1.Control;
using Rt1.Core;

namespace Rt1.Cli.Teleop;

/// <summary>One episode after the other, all under the same instruction, until the operator has had enough.</summary>
internal sealed class TeleopEpisodes(string instruction, KeyboardPolicy keyboard) : IInstructionSource
{
    private volatile bool _lastKeyRead;

    /// <summary>No more keys will come: what was pressed is still done.</summary>
    public void EndInput() => _lastKeyRead = true;

    /// <summary>After a step without a key, so that the last motion reaches its end.</summary>
    public EpisodeEnd? Interruption => IsOver && keyboard.IdleSteps > 0 ? new EpisodeEnd(EpisodeOutcome.Interrupted, "the keys ended.") : null;

    public string? Take(CancellationToken cancellation) => IsOver || cancellation.IsCancellationRequested ? null : instruction;

    public void Refuse(UnknownInstructionException reason) => throw reason;

    private bool IsOver => _lastKeyRead && keyboard.IsIdle;
}
