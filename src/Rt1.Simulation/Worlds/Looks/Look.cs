namespace Rt1.Simulation;

/// <summary>How a world looks: colours, textures and light.</summary>
/// <param name="Range">Where it is drawn from.</param>
/// <param name="Seed">The same seed, the same look.</param>
public sealed record Look(LookRange Range, int Seed)
{
    /// <summary>The plain one.</summary>
    public Look() : this(LookRange.Plain, 0) { }

    /// <summary>The place as it is written in its file.</summary>
    public static Look Plain { get; } = new();
}

/// <summary>A range of looks.</summary>
public enum LookRange
{
    /// <summary>The place as it is written in its file.</summary>
    Plain,

    /// <summary>Variations for training: colours and light around the plain ones.</summary>
    Training,

    /// <summary>Textures, colours and light that <see cref="Training"/> never shows.</summary>
    Unseen,
}
