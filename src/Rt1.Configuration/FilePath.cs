namespace Rt1.Configuration;

/// <summary>A path in a configuration. Written relative to the file that holds it; absolute once loaded.</summary>
public readonly record struct FilePath(string Value)
{
    public static implicit operator string(FilePath path) => path.Value;

    public override string ToString() => Value;
}
