namespace Rt1.Core;

/// <summary>When two instructions are the same one.</summary>
public static class InstructionText
{
    /// <summary>The instruction without regard to case, repeated blanks and a final full stop.</summary>
    public static string Normalize(string instruction) =>
        string.Join(' ', instruction.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ' ').ToLowerInvariant();
}
