using Rt1.Core;

namespace Rt1.Configuration;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Source">The file and line, or the command-line option, that holds it.</param>
/// <param name="Key">The dotted key, e.g. <c>control.rate_hz</c>.</param>
/// <param name="Problem">What was expected and what came.</param>
public sealed record ConfigFault(string Source, string Key, string Problem)
{
    public override string ToString() => Key.Length == 0 ? $"{Source}: {Problem}" : $"{Source}: {Key} {Problem}";
}

/// <summary>A configuration that cannot be used; it carries every fault found, one line each.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigFault> faults) : Rt1Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<ConfigFault> Faults { get; } = faults;
}
