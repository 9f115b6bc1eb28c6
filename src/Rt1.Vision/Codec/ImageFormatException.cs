using Rt1.Core;

namespace Rt1.Vision;

/// <summary>Bytes that should be an image are not one that this project reads; <see cref="Where"/> says whose they are.</summary>
public sealed class ImageFormatException(string where, string problem) : Rt1Exception($"{where}: {problem}")
{
    /// <summary>A file's path, or what the bytes came from.</summary>
    public string Where { get; } = where;
}
