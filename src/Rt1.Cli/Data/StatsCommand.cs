using System.CommandLine;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Cli.Data;

/// <summary><c>rt1 data stats</c>.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var config = new Argument<string>("config") { Description = "How the dataset's actions become the policy's, e.g. configs/datasets/kuka.yaml." };
        var path = new Option<string?>("--path") { Description = "The dataset's folder, in place of the configuration's.", HelpName = "FOLDER" };
        var plots = new Option<string?>("--plots") { Description = "Also draw the statistics, as PNGs in this folder.", HelpName = "FOLDER" };
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("stats", "Prints the ranges of the actions in the policy's terms, episode lengths, instructions.") { config, path, plots, set, json };
        command.SetAction(parsed =>
        {
            var dataset = AlignedDataset.Open(parsed.GetRequiredValue(config), Overrides(parsed.GetValue(path), parsed.GetValue(set)));
            var statistics = DatasetStatistics.Of(dataset, ActionSpace.Default);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(StatisticsReport.ToJson(statistics));
            else
                Console.Out.WriteLine(string.Join(Environment.NewLine, StatisticsReport.ToTable(statistics)));
            foreach (var fault in statistics.Faults)
                Console.Error.WriteLine(fault);
            if (parsed.GetValue(plots) is { } folder)
                Console.Error.WriteLine($"plots: {string.Join(", ", StatisticsPlots.Write(statistics, folder))}");
            return statistics.Faults.Count == 0 ? Application.Ok : Application.Failed;
        });
        return command;
    }

    /// <summary>The <c>--set</c> options, with the dataset's folder where it is given.</summary>
    public static IEnumerable<string> Overrides(string? path, string[]? set) => path is null ? set ?? [] : [.. set ?? [], $"path={Path.GetFullPath(path)}"];
}
