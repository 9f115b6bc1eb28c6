using System.CommandLine;
using System.Globalization;
using Rt1.Cli.Run;
using Rt1.Configuration;
using Rt1.Control;
using Rt1.Core;
using Rt1.Data;
using Rt1.Link;

namespace Rt1.Cli.Teleop;

/// <summary><c>rt1 teleop</c>: a person drives the robot by the keyboard, through the same loop as a policy, and is recorded like one.</summary>
internal static class TeleopCommand
{
    /// <summary>Steps in a row without effect before an episode is given up: a person sees it and may want to go on.</summary>
    private const int Patience = 30;

    public static Command Create()
    {
        var robot = new Option<string>("--robot") { Description = "The robot's configuration, e.g. configs/robots/simulated.yaml.", Required = true, HelpName = "FILE" };
        var instruction = new Option<string>("--instruction") { Description = "What the episodes are recorded as.", HelpName = "TEXT", DefaultValueFactory = _ => "teleoperation" };
        var folder = new Option<string>("--out") { Description = "Where episodes are recorded.", HelpName = "DIR", DefaultValueFactory = _ => "recordings" };
        var latency = CommonOptions.Count("--latency-ms", "From a frame's capture to the start of the motion; raise it where steps come too late.", 100);
        var (rate, set) = (CommonOptions.Rate("Control steps a second; 3 unless told."), CommonOptions.Set());
        var command = new Command("teleop", $"Drives a robot by the keyboard and records it.\n\n{TeleopKeys.Help}") { robot, instruction, folder, rate, latency, set };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var config = Config.Load<RobotConfig>(parsed.GetValue(robot)!, parsed.GetValue(set));
            var options = new ControlOptions
            {
                RateHz = parsed.GetValue(rate) ?? 3,
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                TimeToLive = TimeSpan.FromSeconds(1.5),
                MaxConsecutiveFaults = Patience,
            };
            return Drive(config, options, parsed.GetValue(instruction)!, parsed.GetValue(folder)!, cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Drive(RobotConfig config, ControlOptions options, string instruction, string folder, CancellationToken cancellation)
    {
        using var robot = RobotClient.Connect(config.ToClientOptions(), TimeProvider.System, cancellation);
        if (robot.IsLockstep && !Console.IsInputRedirected)
            throw new Rt1Exception($"robot '{robot.Description.Name}' is in lockstep, too fast for a person; start it in real time.");
        using var recorder = new EpisodeRecorder(new RecorderOptions { Folder = folder }, TimeProvider.System, Config.ToYaml(config));
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var keyboard = new KeyboardPolicy(robot.Description.HasBase, oneKeyAStep: Console.IsInputRedirected);
        keyboard.Reached += React;
        var episodes = new TeleopEpisodes(instruction, keyboard);
        var loop = new ControlLoop(robot, robot, keyboard, new SafetySupervisor(robot.Description, config.Limits), recorder, options, robot.Time);
        var session = new ControlSession(loop);
        var status = new StatusLine(Console.Error, Console.IsErrorRedirected ? null : () => Console.WindowWidth, step => Describe(step, keyboard.Drives));
        loop.StepTaken += status.Show;
        session.EpisodeEnded += end =>
        {
            status.Finish();
            Console.Error.WriteLine($"Episode ended: {end}");
        };

        Console.Error.WriteLine($"Robot: {robot.Description.Name} at {config.Endpoint}; recorded in {folder}.\n\n{TeleopKeys.Help}\n");
        new KeyReader(Take, episodes.EndInput).Start();
        var summary = session.Run(episodes, quit.Token);
        status.Finish();
        Console.Error.WriteLine($"Robot stopped. {summary.Episodes} episodes, {summary.Steps} steps.");
        return summary.Outcome == EpisodeOutcome.Failed ? Application.Failed : Application.Ok;

        // At a terminal, stopping does not wait for the next step.
        void Take(TeleopKey key)
        {
            if (key is (TeleopKey.Stop or TeleopKey.Quit) && !Console.IsInputRedirected)
                React(key);
            else
                keyboard.Press(key);
        }

        void React(TeleopKey key)
        {
            if (key == TeleopKey.Quit)
            {
                quit.Cancel();
                return;
            }
            if (!Console.IsInputRedirected)
                keyboard.Clear();
            robot.Stop("the operator pressed X");
        }
    }

    private static string Describe(EpisodeStep step, bool drives)
    {
        var what = drives ? "base" : "arm ";
        if (step.Observation?.State is not { } state)
            return $"step {step.Index,4}  {what}  {step.Reason}";
        var (hand, place) = (state.EndEffectorPosition, state.BasePose);
        return string.Create(CultureInfo.InvariantCulture,
            $"step {step.Index,4}  {what}  hand {Signed(hand.X)} {Signed(hand.Y)} {Signed(hand.Z)} m  gripper {state.GripperClosedness:0.00}  base {Signed(place.X)} {Signed(place.Y)} m {Signed(place.Z)} rad  {step.Reason}").TrimEnd();
    }

    // Rounded first: what rounds to nothing has no sign.
    private static string Signed(float value) => (MathF.Round(value, 3) + 0f).ToString("+0.000;-0.000", CultureInfo.InvariantCulture);
}
