namespace Rt1.Core;

/// <summary>Turns an instruction into the embedding that conditions the policy.</summary>
public interface IInstructionEncoder
{
    /// <summary>Length of the embedding (RT-1: 512).</summary>
    int Width { get; }

    /// <summary>The instruction's embedding.</summary>
    /// <exception cref="UnknownInstructionException">The encoder does not know the instruction.</exception>
    float[] Encode(string instruction);
}

/// <summary>An instruction that the encoder does not know: it is refused, never guessed.</summary>
public sealed class UnknownInstructionException(string instruction, IReadOnlyList<string> nearest)
    : Rt1Exception(MessageFor(instruction, nearest))
{
    public string Instruction { get; } = instruction;

    /// <summary>The most similar instructions that the encoder knows, best first.</summary>
    public IReadOnlyList<string> Nearest { get; } = nearest;

    private static string MessageFor(string instruction, IReadOnlyList<string> nearest)
    {
        if (string.IsNullOrWhiteSpace(instruction))
            return "The instruction is empty; type what the robot should do, for example 'pick up the red can'.";
        var hint = nearest.Count == 0 ? "it knows none" : $"nearest are {string.Join(", ", nearest.Select(n => $"'{n}'"))}";
        return $"The instruction '{instruction}' is not one that this policy knows; {hint}.";
    }
}
