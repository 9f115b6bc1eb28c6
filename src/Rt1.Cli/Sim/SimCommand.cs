using System.CommandLine;
using Rt1.Cli.Run;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Simulation;
using Rt1.Vision;

namespace Rt1.Cli.Sim;

/// <summary><c>rt1 sim</c>: the simulated robot.</summary>
internal static class SimCommand
{
    public static Command Create() => new("sim", "The simulated robot.")
    {
        ServeCommand.Create(), Snapshot(), ExpertsCommand.Create(), GenerateCommand.Create(), GenerateCommand.CreateWorker(),
    };

    private static Command Snapshot()
    {
        var picture = new Option<string>("--out") { Description = "The picture to write (.png).", Required = true, HelpName = "FILE" };
        var config = new Option<string?>("--config") { Description = "The robot's configuration; without it the defaults.", HelpName = "FILE" };
        var set = CommonOptions.Set();
        var command = new Command("snapshot", "Writes what the simulated robot's camera sees at the start.") { picture, config, set };
        command.SetAction(parsed =>
        {
            var options = parsed.GetValue(config) is { } file
                ? Simulated(Config.Load<RobotConfig>(file, parsed.GetValue(set)))
                : Config.Default<SimulatedRobotOptions>(parsed.GetValue(set));
            using var lab = new Lab(options.Scene, options.ImageHeight, options.ImageWidth);
            lab.Reset(options.Seed);
            File.WriteAllBytes(parsed.GetValue(picture)!, ImageCodec.EncodePng(lab.Capture()));
            return Application.Ok;
        });
        return command;
    }

    /// <exception cref="Rt1Exception">It is no simulated robot's.</exception>
    public static SimulatedRobotOptions Simulated(RobotConfig config) => config.Simulation
        ?? throw new Rt1Exception("This robot's configuration has no 'simulation' section; configs/robots/simulated.yaml shows one.");
}
