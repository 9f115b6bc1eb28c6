using System.Numerics;

namespace Rt1.Simulation;

/// <summary>Something to look at.</summary>
/// <param name="Body">The body that shows it; null when it is a mere place.</param>
/// <param name="Point">Its middle, world frame, metres.</param>
internal sealed record Landmark(string? Body, Vector3 Point);
