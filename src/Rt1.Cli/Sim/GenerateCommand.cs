using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Simulation;
using Spectre.Console;

namespace Rt1.Cli.Sim;

/// <summary><c>rt1 sim generate</c>: training data from experts, and the worker processes that make it.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var robot = new Option<string?>("--robot") { Description = "The robot; takes its configuration from configs/generation unless --config names one.", HelpName = "edr|kuka" };
        var config = new Option<string?>("--config") { Description = "What to make, e.g. configs/generation/edr.yaml.", HelpName = "FILE" };
        var skills = new Option<string?>("--skills") { Description = "Only these skills, e.g. pick,move_near.", HelpName = "NAMES" };
        var folder = new Option<string>("--out") { Description = "The dataset's folder. A run that was stopped goes on there.", Required = true, HelpName = "DIR" };
        var episodes = CommonOptions.Count("--episodes", "Episodes to keep.");
        var seed = CommonOptions.Index("--seed", "The same seed, the same bytes, however many workers.");
        var height = CommonOptions.Count("--height", "Image height, pixels.");
        var width = CommonOptions.Count("--width", "Image width, pixels.");
        var noise = new Option<string?>("--noise") { Description = "Whether the experts are disturbed.", HelpName = "on|off" };
        var workers = CommonOptions.Count("--workers", "Processes at work.", Environment.ProcessorCount);
        var (set, json) = (CommonOptions.Set(), CommonOptions.Json());
        var command = new Command("generate", "Makes episodes by scripted experts, as an RLDS dataset with the simulator's ground truth.")
            { robot, skills, episodes, folder, config, seed, workers, height, width, noise, set, json };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(noise) is { } text and not ("on" or "off"))
                parsed.AddError($"--noise must be on or off, got '{text}'.");
        });
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            IEnumerable<string> given =
            [
                .. parsed.GetValue(set) ?? [],
                .. Setting("suite.robot", parsed.GetValue(robot)),
                .. Setting("suite.skills", parsed.GetValue(skills) is { } names ? $"[{names}]" : null),
                .. Setting("episodes", parsed.GetValue(episodes)),
                .. Setting("seed", parsed.GetValue(seed)),
                .. Setting("image_height", parsed.GetValue(height)),
                .. Setting("image_width", parsed.GetValue(width)),
                .. Setting("noise.enabled", parsed.GetValue(noise) switch { "on" => "true", "off" => "false", _ => null }),
            ];
            var settings = Config.Load<GenerationConfig>(parsed.GetValue(config) ?? ShippedConfig(parsed.GetValue(robot)), given);
            return Generate(settings, parsed.GetValue(folder)!, parsed.GetValue(workers), parsed.GetValue(json), cancellation);
        }, CancellationToken.None));
        return command;
    }

    /// <summary>A worker process: makes the shards whose numbers it reads.</summary>
    public static Command CreateWorker()
    {
        var folder = new Argument<string>("DIR");
        var command = new Command(GenerationWorkers.Command, "A worker of 'sim generate'.") { folder };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            GenerationWorkers.Serve(parsed.GetValue(folder)!, Console.In, Console.Out, cancellation);
            return Application.Ok;
        }, CancellationToken.None));
        return command;
    }

    private static int Generate(GenerationConfig config, string folder, int workers, bool json, CancellationToken cancellation)
    {
        _ = new ShardGenerator(config);
        using var place = GenerationFolder.Open(folder, config);
        var before = place.Done;
        if (before > 0)
            Console.Error.WriteLine(place.IsComplete ? $"{folder} is complete." : $"Going on with {folder}: {before} of {config.Episodes} episodes are there.");
        var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, "episodes", config.Episodes, before, TimeProvider.System);
        try
        {
            GenerationWorkers.Run(place, folder, workers, before, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            progress.Finish();
            Console.Error.WriteLine($"Stopped with {place.Done} of {config.Episodes} episodes in whole files; the same command goes on from there.");
            return Application.Failed;
        }
        finally
        {
            progress.Finish();
        }
        Report(place.Complete(), folder, json);
        return Application.Ok;
    }

    private static void Report(GenerationReport report, string folder, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonOutput.Of(new { Folder = folder, report.Episodes, report.Steps, report.Bytes, report.Skills }));
            return;
        }
        string Number(FormattableString number) => number.ToString(CultureInfo.InvariantCulture);
        var table = new Table().Border(TableBorder.Simple).AddColumns("skill", "episodes", "failed", "diverged", "expert's success", "steps an episode");
        foreach (var (skill, t) in report.Skills)
        {
            table.AddRow(skill, Number($"{t.Kept}"), Number($"{t.Failed}"), Number($"{t.Diverged}"),
                Number($"{100.0 * t.Kept / (t.Kept + t.Failed + t.Diverged):0.0}%"), Number($"{(double)t.Steps / Math.Max(1, t.Kept):0.0}"));
        }
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{report.Episodes} episodes, {report.Steps} steps, {report.Bytes / 1e6:0.0} MB in {folder}");
    }

    private static IEnumerable<string> Setting(string key, object? value) =>
        value is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"{key}={value}")];

    private static string ShippedConfig(string? robot)
    {
        var file = Path.Combine("configs", "generation", $"{robot ?? "edr"}.yaml");
        return File.Exists(file) ? file : throw new Rt1Exception($"{file}: is not here; give --config, or run it in Rt1's folder with --robot edr or kuka.");
    }
}
