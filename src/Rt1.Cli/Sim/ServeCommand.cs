using System.CommandLine;
using Rt1.Cli.Run;
using Rt1.Configuration;
using Rt1.Link;
using Rt1.Simulation;

namespace Rt1.Cli.Sim;

/// <summary><c>rt1 sim serve</c>: a simulated robot behind the link.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The robot's configuration, e.g. configs/robots/simulated.yaml.", Required = true, HelpName = "FILE" };
        var lockstep = new Option<bool>("--lockstep") { Description = "Time advances only as the runtime asks for frames: as fast as both can, or as slowly." };
        var view = new Option<string?>("--view") { Description = "Shows what the camera sees, with the latest command: a video to write (.mp4), or where a browser finds it, e.g. http://127.0.0.1:8080.", HelpName = "FILE|URL" };
        var set = CommonOptions.Set();
        var command = new Command("serve", "Puts a simulated robot behind the ZeroMQ link until Ctrl-C, in real time unless told.") { config, lockstep, view, set };
        command.SetAction((parsed, cancellation) =>
        {
            IEnumerable<string> settings = [.. parsed.GetValue(set) ?? [], .. parsed.GetValue(lockstep) ? ["simulation.lockstep=true"] : Array.Empty<string>()];
            return Serve(Config.Load<RobotConfig>(parsed.GetValue(config)!, settings), parsed.GetValue(view), cancellation);
        });
        return command;
    }

    private static async Task<int> Serve(RobotConfig config, string? view, CancellationToken cancellation)
    {
        var options = SimCommand.Simulated(config);
        using var robot = ISimulatedDriver.Create(options, TimeProvider.System);
        using var shown = view is null ? null : RobotView.Open(view, robot);
        using var server = new RobotServer(robot, config.ToServerOptions());
        server.Noticed += Console.Error.WriteLine;
        robot.Diverged += fault => server.EndSession($"{fault.Message} The robot starts anew.");
        Console.Error.WriteLine($"Robot '{options.Name}' at {server.Endpoint}, frames at {server.FramesEndpoint}{(options.Lockstep ? ", in lockstep" : "")}. Ctrl-C stops it.");
        if (shown is not null)
            Console.Error.WriteLine(shown.Announcement);
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
