using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rt1.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Sets a value of the configuration, e.g. --set control.rate_hz=5. May be given several times.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<Device> Device() => new("--device")
    {
        Description = "Where the network runs; the processor unless told.",
        HelpName = "cpu|cuda",
        CustomParser = ParseDevice,
    };

    /// <summary>How many of something, at least one.</summary>
    public static Option<int> Count(string name, string description, int unlessGiven) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => unlessGiven,
        CustomParser = result => ParseCount(result) ?? 0,
    };

    /// <summary>How many of something, at least one; null unless given.</summary>
    public static Option<int?> Count(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = ParseCount };

    /// <summary>A position counted from 0; null unless given.</summary>
    public static Option<long?> Index(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = ParseIndex };

    /// <summary>How often a second; null unless given.</summary>
    public static Option<double?> Rate(string description) => new("--rate") { Description = description, HelpName = "HZ", CustomParser = ParseRate };

    private static Device ParseDevice(ArgumentResult result)
    {
        if (Enum.TryParse<Device>(Text(result), ignoreCase: true, out var device) && Enum.IsDefined(device))
            return device;
        result.AddError($"--device must be cpu or cuda, got '{Text(result)}'.");
        return default;
    }

    private static int? ParseCount(ArgumentResult result)
    {
        if (int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;
        result.AddError($"{Name(result)} must be a whole number of at least 1, got '{Text(result)}'.");
        return null;
    }

    private static long? ParseIndex(ArgumentResult result)
    {
        if (long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return index;
        result.AddError($"{Name(result)} must be a whole number from 0 on, got '{Text(result)}'.");
        return null;
    }

    private static double? ParseRate(ArgumentResult result)
    {
        if (double.TryParse(Text(result), CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1000)
            return rate;
        result.AddError($"{Name(result)} must be in (0, 1000], got '{Text(result)}'.");
        return null;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    private static string Name(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}

/// <summary>Where a network runs.</summary>
internal enum Device
{
    Cpu,
    Cuda,
}
