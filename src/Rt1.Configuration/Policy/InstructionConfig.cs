namespace Rt1.Configuration;

/// <summary>How an instruction becomes the embedding that conditions the network.</summary>
public sealed record InstructionConfig
{
    public InstructionEncoderKind Encoder { get; init; } = InstructionEncoderKind.Bank;

    /// <summary>The bank's file (<c>docs</c> of the encoder say what it holds); without one the policy takes embeddings only.</summary>
    public FilePath? Bank { get; init; }
}

/// <summary>The instruction encoders.</summary>
public enum InstructionEncoderKind
{
    /// <summary>A file of known instructions and their embeddings; others are refused.</summary>
    Bank,
}
