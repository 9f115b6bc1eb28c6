namespace Rt1.Data;

/// <summary>A record does not match its dataset's <c>features.json</c>.</summary>
internal sealed class ExampleFormatException(string feature, string reason) : Exception($"'{feature}' {reason}");
