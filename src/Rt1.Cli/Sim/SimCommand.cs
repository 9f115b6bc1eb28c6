using System.CommandLine;
using Rt1.Cli.Run;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Link;
using Rt1.Simulation;
using Rt1.Vision;

namespace Rt1.Cli.Sim;

/// <summary><c>rt1 sim</c>: the simulated robot.</summary>
internal static class SimCommand
{
    public static Command Create() => new("sim", "The simulated robot.")
    {
        Serve(), Snapshot(), ExpertsCommand.Create(), GenerateCommand.Create(), GenerateCommand.CreateWorker(),
    };

    private static Command Serve()
    {
        var config = new Option<string>("--config") { Description = "The robot's configuration, e.g. configs/robots/simulated.yaml.", Required = true, HelpName = "FILE" };
        var set = CommonOptions.Set();
        var command = new Command("serve", "Puts a simulated robot behind the ZeroMQ link, in real time, until Ctrl-C.") { config, set };
        command.SetAction((parsed, cancellation) => Serve(Config.Load<RobotConfig>(parsed.GetValue(config)!, parsed.GetValue(set)), cancellation));
        return command;
    }

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

    private static SimulatedRobotOptions Simulated(RobotConfig config) => config.Simulation
        ?? throw new Rt1Exception("This robot's configuration has no 'simulation' section; configs/robots/simulated.yaml shows one.");

    private static async Task<int> Serve(RobotConfig config, CancellationToken cancellation)
    {
        var options = Simulated(config);
        using var robot = new SimulatedRobot(options, TimeProvider.System);
        using var server = new RobotServer(robot, config.ToServerOptions());
        server.Noticed += Console.Error.WriteLine;
        robot.Diverged += fault => server.EndSession($"{fault.Message} The robot starts anew.");
        Console.Error.WriteLine($"Robot '{options.Name}' at {server.Endpoint}, frames at {server.FramesEndpoint}. Ctrl-C stops it.");
        try
        {
            await robot.Completion.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("Robot stopped.");
        }
        return Application.Ok;
    }
}
