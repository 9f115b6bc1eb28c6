namespace Rt1.Configuration;

/// <summary>How an instruction becomes the embedding that conditions the network.</summary>
public sealed record InstructionConfig
{
    /// <summary>A file of known instructions and their embeddings; other instructions are refused. Without one the policy takes embeddings only.</summary>
    public FilePath? Bank { get; init; }
}
