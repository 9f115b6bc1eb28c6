using Rt1.Core;

namespace Rt1.Data;

/// <summary>An episode cannot be written or read; <see cref="Path"/> is its folder, or the file in it.</summary>
public sealed class RecordingException(string path, string problem, Exception? cause = null)
    : Rt1Exception($"recording '{path}': {problem}", cause!)
{
    public string Path { get; } = path;
}
