using Rt1.Control;
using Rt1.Core;

namespace Rt1.Cli.Run;

/// <summary>
/// Gives one instruction again and again until a number of control steps is used up, however often the policy ends an episode before.
/// </summary>
internal sealed class InstructionBudget : IInstructionSource
{
    private readonly string _instruction;
    private int _left;

    /// <param name="instruction">What the robot should do.</param>
    /// <param name="steps">Control steps in all.</param>
    /// <exception cref="UnknownInstructionException">The instruction is empty.</exception>
    public InstructionBudget(string instruction, int steps)
    {
        if (string.IsNullOrWhiteSpace(instruction))
            throw new UnknownInstructionException(instruction, []);
        (_instruction, _left) = (instruction, steps);
    }

    public EpisodeEnd? Interruption => _left > 0 ? null : new(EpisodeOutcome.StepLimit);

    public void Count(EpisodeStep step) => _left--;

    public string? Take(CancellationToken cancellation) => _left > 0 ? _instruction : null;

    public void Refuse(UnknownInstructionException reason) => throw reason;
}
