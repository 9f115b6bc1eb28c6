namespace Rt1.Configuration;

/// <summary>How an instruction becomes the embedding that conditions the network.</summary>
public sealed record InstructionConfig
{
    public InstructionEncoderKind Encoder { get; init; } = InstructionEncoderKind.Bank;

    /// <summary>The bank's file, relative to the file or folder that this configuration was read from.</summary>
    public string? Bank { get; init; }
}

/// <summary>The instruction encoders.</summary>
public enum InstructionEncoderKind
{
    /// <summary>A file of known instructions and their embeddings; others are refused.</summary>
    Bank,
}
