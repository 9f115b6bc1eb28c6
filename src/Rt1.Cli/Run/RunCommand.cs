using System.CommandLine;
using Rt1.Configuration;
using Rt1.Control;
using Rt1.Core;
using Rt1.Link;

namespace Rt1.Cli.Run;

/// <summary><c>rt1 run</c>: the control loop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "A runtime configuration, e.g. configs/runtime/demo.yaml.", Required = true, HelpName = "FILE" };
        var instruction = new Option<string?>("--instruction") { Description = "What the robot should do. Without it, each line typed is an instruction; an empty line holds the robot.", HelpName = "TEXT" };
        var steps = CommonOptions.Count("--steps", "With --instruction: give it again until so many control steps are done.");
        var set = CommonOptions.Set();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("run", "Drives a robot with a policy: frames in, commands out, every step recorded.") { config, instruction, steps, set, device, json };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(steps) is not null && parsed.GetResult(instruction) is null)
                parsed.AddError("--steps needs --instruction.");
        });
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(instruction) is { } text && string.IsNullOrWhiteSpace(text))
                parsed.AddError(new UnknownInstructionException(text, []).Message);
        });
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var settings = Config.Load<RuntimeConfig>(parsed.GetValue(config)!, parsed.GetValue(set));
            var wanted = new Request(parsed.GetValue(instruction), parsed.GetValue(steps), parsed.GetValue(device), parsed.GetValue(json));
            return Run(settings, wanted, cancellation);
        }, CancellationToken.None));
        return command;
    }

    private sealed record Request(string? Instruction, int? Steps, Device Device, bool Json);

    private static int Run(RuntimeConfig config, Request request, CancellationToken cancellation)
    {
        using var policy = config.Policy.Open(request.Device);
        Console.Error.WriteLine($"Policy: {policy.Description}.");
        using var robot = RobotClient.Connect(config.Robot.ToClientOptions(), TimeProvider.System, cancellation);
        Console.Error.WriteLine($"Robot: {robot.Description.Name} at {config.Robot.Endpoint}.");
        using var frames = config.Camera.Open(robot, policy.FrameSize);
        using var recorder = config.Recording.Open(config);

        var loop = new ControlLoop(robot, frames, policy, new SafetySupervisor(robot.Description, config.Robot.Limits), recorder, config.Control, robot.Time);
        var session = new ControlSession(loop);
        var status = new StatusLine(Console.Error, Console.IsErrorRedirected ? null : () => Console.WindowWidth);
        loop.StepTaken += status.Show;
        session.EpisodeEnded += end =>
        {
            status.Finish();
            Console.Error.WriteLine($"Episode ended: {end}");
        };

        var instructions = Instructions(request, loop);
        try
        {
            session.Run(instructions, cancellation);
        }
        finally
        {
            status.Finish();
            if (session.Summary.Episodes > 0)
                Report(session.Summary, policy.Description, robot.Description.Name, request.Json);
        }
        return session.Summary.Outcome == EpisodeOutcome.Failed ? Application.Failed : Application.Ok;
    }

    private static IInstructionSource Instructions(Request request, ControlLoop loop)
    {
        switch (request)
        {
            case { Instruction: { } text, Steps: { } count }:
                var budget = new InstructionBudget(text, count);
                loop.StepTaken += budget.Count;
                return budget;
            case { Instruction: { } text }:
                return new SingleInstruction(text);
            default:
                Console.Error.WriteLine("Type an instruction; an empty line holds the robot, Ctrl-C ends.");
                return new TypedInstructions(Console.In, unknown => Console.Error.WriteLine($"rt1: {unknown.Message}"));
        }
    }

    private static void Report(RunSummary summary, string policy, string robot, bool json)
    {
        if (json)
            Console.Out.WriteLine(JsonOutput.Of(summary));
        else
            RunReport.Print(summary, policy, robot);
    }
}
