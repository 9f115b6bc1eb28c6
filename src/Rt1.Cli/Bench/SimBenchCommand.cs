using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Simulation;
using Spectre.Console;

namespace Rt1.Cli.Bench;

/// <summary><c>rt1 bench sim</c>: how many frames a core simulates, and where its time goes.</summary>
internal static class SimBenchCommand
{
    private static readonly (int Height, int Width)[] Sizes = [(128, 128), (192, 192), (256, 320), (512, 640)];

    /// <summary>Until the program's own code is compiled as it will be for the rest of a long run.</summary>
    private const int WarmUpFrames = 40;

    public static Command Create()
    {
        var frames = CommonOptions.Count("--frames", "Frames of each measurement.", 60);
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("sim", "Frames a second that one core simulates: physics of a control step, picture and sensor noise.") { frames, set, json };
        command.SetAction(parsed =>
        {
            var scene = Config.Default<SimulatedRobotOptions>(parsed.GetValue(set)).Scene;
            _ = SimulationBenchmark.Run(scene, 64, 64, WarmUpFrames);
            var timings = Sizes.Select(size => SimulationBenchmark.Run(scene, size.Height, size.Width, parsed.GetValue(frames))).ToList();
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(timings));
            else
                Print(timings);
            return Application.Ok;
        });
        return command;
    }

    private static void Print(IEnumerable<SimulationTimings> timings)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("robot", "pixels", "frames/s of a core", "frames/s by the wall", "physics, ms", "picture, ms", "JPEG, ms", "new lab, ms");
        foreach (var t in timings)
        {
            string Number(FormattableString number) => number.ToString(CultureInfo.InvariantCulture);
            table.AddRow(t.Robot, $"{t.Height}×{t.Width}", Number($"{t.FramesPerSecond:0.0}"), Number($"{t.WallFramesPerSecond:0.0}"),
                Number($"{t.PhysicsMs:0.0}"), Number($"{t.RenderMs:0.0}"), Number($"{t.EncodeMs:0.0}"), Number($"{t.SetupMs:0}"));
        }
        AnsiConsole.Write(table);
    }
}
