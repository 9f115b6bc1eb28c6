using System.CommandLine;
using Rt1.Data;

namespace Rt1.Cli.Data;

/// <summary><c>rt1 data</c>: look at episodes, check them, convert them.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Looks at datasets of robot episodes, checks and converts them: RLDS, LeRobot, recordings.")
    {
        InspectCommand(),
        ShowCommand(),
        VerifyCommand(),
        ConvertCommand(),
        StatsCommand.Create(),
        ViewCommand.Create(),
        DataBankCommand.Create(),
    };

    public static Argument<string> PathArgument { get; } = new("path") { Description = "The dataset's folder." };

    public static Option<string?> SplitOption { get; } = new("--split") { Description = "The split; the first one when absent." };

    public static Option<long?> EpisodeOption { get; } = CommonOptions.Index("--episode", "The episode's number in its split, from 0.");

    private static Command InspectCommand()
    {
        var command = new Command("inspect", "Says what a dataset holds: splits, features, the first episode.") { PathArgument };
        command.SetAction(parsed =>
        {
            foreach (var line in DatasetSummary.Describe(EpisodeDatasets.Open(parsed.GetRequiredValue(PathArgument))))
                Console.WriteLine(line);
        });
        return command;
    }

    private static Command ShowCommand()
    {
        var asJson = CommonOptions.Json();
        var command = new Command("show", "Prints every value of an episode, or of a whole split.") { PathArgument, SplitOption, EpisodeOption, asJson };
        command.SetAction(parsed =>
        {
            var dataset = EpisodeDatasets.Open(parsed.GetRequiredValue(PathArgument));
            var split = dataset.Split(parsed.GetValue(SplitOption));
            var episode = parsed.GetValue(EpisodeOption);
            if (parsed.GetValue(asJson))
            {
                using var output = Console.OpenStandardOutput();
                DatasetJson.Write(output, dataset, split, episode);
                Console.WriteLine();
                return;
            }
            foreach (var read in episode is { } number ? [dataset.ReadOne(split, number)] : dataset.Read(split))
            {
                var shown = read.OrThrow();
                Console.WriteLine($"{shown.Source.File}: episode {shown.Source.Record}, {shown.Steps.Count} steps");
                foreach (var (path, value) in shown.Values.Leaves())
                    Console.WriteLine($"  {path}: {DatasetSummary.Describe(value, int.MaxValue)}");
            }
        });
        return command;
    }

    private static Command VerifyCommand()
    {
        var command = new Command("verify", "Reads everything: checksums, schema, images, actions. Prints one line for each fault.") { PathArgument, SplitOption };
        command.SetAction(parsed =>
        {
            var dataset = EpisodeDatasets.Open(parsed.GetRequiredValue(PathArgument));
            var verifier = new DatasetVerifier(dataset);
            var splits = parsed.GetValue(SplitOption) is { } name ? [dataset.Split(name)] : dataset.Splits;
            var faults = 0;
            foreach (var fault in splits.SelectMany(verifier.Verify))
            {
                Console.WriteLine(fault);
                faults++;
            }
            Console.WriteLine($"{verifier.EpisodeCount} episodes, {verifier.StepCount} steps, {verifier.ImageCount} images read; {faults} faults.");
            return faults == 0 ? Application.Ok : Application.Failed;
        });
        return command;
    }

    private static Command ConvertCommand()
    {
        var target = new Argument<string>("target") { Description = "The new dataset's folder; must not exist yet." };
        var name = new Option<string?>("--name") { Description = "The new dataset's name; the old one's when absent." };
        var command = new Command("convert", "Writes a dataset, or recorded episodes, as RLDS, which TensorFlow Datasets loads.") { PathArgument, target, name };
        command.SetAction((parsed, cancellation) =>
        {
            var source = EpisodeDatasets.Open(parsed.GetRequiredValue(PathArgument));
            var report = DatasetConverter.ToRlds(source, parsed.GetRequiredValue(target), parsed.GetValue(name), cancellation: cancellation);
            foreach (var fault in report.Faults)
                Console.Error.WriteLine($"left out: {fault}");
            Console.WriteLine($"{report.EpisodeCount} episodes, {report.StepCount} steps written to {parsed.GetValue(target)}; {report.Faults.Count} left out.");
            return Task.FromResult(report.Faults.Count == 0 ? Application.Ok : Application.Failed);
        });
        return command;
    }
}
