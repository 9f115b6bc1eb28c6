using System.Collections.Concurrent;
using Rt1.Core;

namespace Rt1.Control;

/// <summary>Instructions as an operator types them, line by line; an empty line holds the robot. Each is obeyed, in order.</summary>
public sealed class TypedInstructions : IInstructionSource
{
    private readonly BlockingCollection<string> _lines = [];
    private readonly Action<UnknownInstructionException> _onRefused;

    /// <param name="input">Where the lines come from; read on a thread of its own until its end, and never closed.</param>
    /// <param name="onRefused">Tells the operator that an instruction is unknown.</param>
    public TypedInstructions(TextReader input, Action<UnknownInstructionException> onRefused)
    {
        _onRefused = onRefused;
        new Thread(() => Read(input)) { IsBackground = true, Name = "instructions" }.Start();
    }

    public EpisodeEnd? Interruption =>
        _lines.Count > 0 ? new(EpisodeOutcome.Interrupted, "the operator gave another instruction.") : null;

    public string? Take(CancellationToken cancellation) => _lines.TryTake(out var line, Timeout.Infinite, cancellation) ? line : null;

    public void Refuse(UnknownInstructionException reason) => _onRefused(reason);

    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
                _lines.Add(line.Trim());
        }
        catch (IOException)
        {
            // A terminal that went away is the end of the instructions.
        }
        _lines.CompleteAdding();
    }
}
