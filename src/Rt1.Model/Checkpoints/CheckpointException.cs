using Rt1.Core;

namespace Rt1.Model.Checkpoints;

/// <summary>A checkpoint or weights file cannot be used: missing, truncated, damaged, or of another layout or size.</summary>
public sealed class CheckpointException(string path, string problem, Exception? cause = null)
    : Rt1Exception($"checkpoint '{path}': {problem}", cause!)
{
    /// <summary>The file or folder at fault.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, without the path.</summary>
    public string Problem { get; } = problem;
}
