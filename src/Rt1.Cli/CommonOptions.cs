using System.CommandLine;

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
        Description = "Where the network runs.",
        HelpName = "cpu|cuda",
        DefaultValueFactory = _ => Cli.Device.Cpu,
    };
}

/// <summary>Where a network runs.</summary>
internal enum Device
{
    Cpu,
    Cuda,
}
