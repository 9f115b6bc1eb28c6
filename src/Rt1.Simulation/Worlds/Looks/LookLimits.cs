namespace Rt1.Simulation;

/// <summary>What looks of a range are drawn from. Unseen looks have patterns, colours and light that training looks cannot have.</summary>
internal sealed record LookLimits
{
    /// <summary>Patterns of the surfaces that things stand on.</summary>
    public required IReadOnlyList<Pattern> Patterns { get; init; }

    /// <summary>Surfaces that are left as they are.</summary>
    public required float KeepProbability { get; init; }

    /// <summary>How far colours go from the plain one towards a random one: 0 to 1.</summary>
    public required (float Least, float Most) Departure { get; init; }

    /// <summary>Saturation of the random colours.</summary>
    public required (float Least, float Most) Saturation { get; init; }

    /// <summary>Value (brightness) of the random colours.</summary>
    public required (float Least, float Most) Value { get; init; }

    /// <summary>The mark's colour as a part of the ground's; null for a cloth of white and colour.</summary>
    public (float Least, float Most)? Mark { get; init; }

    /// <summary>Tilt of the light's direction from the plain one, as the length of its horizontal part.</summary>
    public required (float Least, float Most) LightTilt { get; init; }

    /// <summary>Its strength as a part of the plain one.</summary>
    public required IReadOnlyList<(float Least, float Most)> LightStrength { get; init; }

    /// <summary>How far its colour goes from white towards warm or cold.</summary>
    public required (float Least, float Most) LightTint { get; init; }

    public static LookLimits Training { get; } = new()
    {
        Patterns = [Pattern.Speckle, Pattern.Clouds, Pattern.Grain],
        KeepProbability = 0.25f,
        Departure = (0, 0.8f),
        Saturation = (0, 0.45f),
        Value = (0.3f, 0.95f),
        Mark = (0.8f, 0.97f),
        LightTilt = (0, 0.25f),
        LightStrength = [(0.85f, 1.15f)],
        LightTint = (0, 0.08f),
    };

    public static LookLimits Unseen { get; } = new()
    {
        Patterns = [Pattern.Gingham, Pattern.Stripes, Pattern.Dots, Pattern.Diamonds],
        KeepProbability = 0,
        Departure = (1, 1),
        Saturation = (0.46f, 0.7f),
        Value = (0.4f, 0.85f),
        LightTilt = (0.35f, 0.6f),
        LightStrength = [(0.6f, 0.75f), (1.2f, 1.3f)],
        LightTint = (0.12f, 0.25f),
    };
}
