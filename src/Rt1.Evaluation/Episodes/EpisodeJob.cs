using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>One episode to run: a line that a worker reads.</summary>
/// <param name="Suite">The suite that it counts for.</param>
/// <param name="Index">Its number in the suite, from 0.</param>
/// <param name="Situation">The world, the task and the seed.</param>
/// <param name="Video">Where to write it as a video; null writes none.</param>
public sealed record EpisodeJob(string Suite, int Index, Situation Situation, string? Video = null);
