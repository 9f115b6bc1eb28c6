namespace Rt1.Core;

/// <summary>A policy that can tell where it looks.</summary>
public interface IAttentivePolicy : IPolicy
{
    /// <summary>Whether decisions come with <see cref="PolicyDecision.Attention"/>; off unless asked for.</summary>
    bool GivesAttention { get; set; }
}
