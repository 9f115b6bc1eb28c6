using System.ComponentModel.DataAnnotations;

namespace Rt1.Configuration;

/// <summary>How an instruction becomes the embedding that conditions the network. Without any of these the policy takes embeddings only.</summary>
public sealed record InstructionConfig : IValidatableObject
{
    /// <summary>A file of known instructions and their embeddings; other instructions are refused.</summary>
    public FilePath? Bank { get; init; }

    /// <summary>Word vectors that are part of the network and were trained with it.</summary>
    public LearnedInstructionConfig? Learned { get; init; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Bank is not null && Learned is not null)
            yield return new ValidationResult("has both bank and learned; a policy takes one instruction encoder.");
    }
}

/// <summary>The word vectors of a network.</summary>
public sealed record LearnedInstructionConfig : IValidatableObject
{
    /// <summary>Length of a word's vector.</summary>
    [Range(1, 4096)]
    public int EmbeddingSize { get; init; } = 64;

    /// <summary>The words that are known, each with its clause, e.g. <c>red</c> and <c>near/red</c>; in the order of their vectors.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Words.Count == 0 || Words.Distinct().Count() != Words.Count)
            yield return new ValidationResult("words must name at least one word, and each once.");
    }
}
