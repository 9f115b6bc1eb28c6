namespace Rt1.Core;

/// <summary>What a policy decided at one step.</summary>
public sealed record PolicyDecision
{
    /// <summary>One token per action dimension.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>The tokens in physical units.</summary>
    public required RobotAction Action { get; init; }

    /// <summary>Logits (action dimensions × vocabulary), row by row; empty for policies without them.</summary>
    public ReadOnlyMemory<float> Logits { get; init; }

    /// <summary>Where the policy looked; null unless <see cref="IAttentivePolicy.GivesAttention"/> asks for it.</summary>
    public AttentionMaps? Attention { get; init; }
}
