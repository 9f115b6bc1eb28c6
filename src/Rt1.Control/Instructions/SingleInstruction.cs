using Rt1.Core;

namespace Rt1.Control;

/// <summary>One instruction, known before the run; the run ends with its episode.</summary>
public sealed class SingleInstruction : IInstructionSource
{
    private string? _instruction;

    /// <exception cref="UnknownInstructionException">The instruction is empty.</exception>
    public SingleInstruction(string instruction)
    {
        if (string.IsNullOrWhiteSpace(instruction))
            throw new UnknownInstructionException(instruction, []);
        _instruction = instruction;
    }

    public EpisodeEnd? Interruption => null;

    public string? Take(CancellationToken cancellation)
    {
        var instruction = _instruction;
        _instruction = null;
        return instruction;
    }

    /// <exception cref="UnknownInstructionException">Always: nothing is left to do.</exception>
    public void Refuse(UnknownInstructionException reason) => throw reason;
}
