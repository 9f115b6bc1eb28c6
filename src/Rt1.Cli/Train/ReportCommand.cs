using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Training;

namespace Rt1.Cli.Train;

/// <summary><c>rt1 report</c>: a training run as a page of plots.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A training run's folder." };
        var output = new Option<string?>("--out") { Description = "The page's folder; report in the run's unless given.", HelpName = "FOLDER" };
        var command = new Command("report", "Writes a page with a training run's plots, attention pictures, configuration and data.") { run, output };
        command.SetAction(parsed =>
        {
            var folder = Path.GetFullPath(parsed.GetRequiredValue(run));
            var history = RunHistory.Read(folder);
            var page = RunReport.Write(Path.GetFileName(folder.TrimEnd('/')), history, [.. Texts(folder)], parsed.GetValue(output) ?? Path.Combine(folder, "report"));
            Console.Out.WriteLine(page);
            return Application.Ok;
        });
        return command;
    }

    private static IEnumerable<ReportText> Texts(string folder)
    {
        var config = new RunFolder(folder).ConfigFile;
        if (!File.Exists(config))
            yield break;
        yield return new ReportText("Data", string.Join('\n', Facts(config)));
        yield return new ReportText(Path.GetFileName(config), File.ReadAllText(config));
    }

    /// <summary>The run's datasets, a line each; one that is no longer there is no fault of the report's.</summary>
    private static IEnumerable<string> Facts(string config)
    {
        MixtureConfig data;
        try
        {
            data = Config.Load<TrainingConfig>(config).Data;
        }
        catch (ConfigException e)
        {
            return [e.Message];
        }
        return data.Datasets.Select(entry => Describe(entry.Key, entry.Value));
    }

    private static string Describe(string name, MixtureEntry entry)
    {
        try
        {
            var dataset = AlignedDataset.Open(entry.Dataset);
            return string.Create(CultureInfo.InvariantCulture,
                $"{name}: weight {entry.Weight}; {dataset.Split.EpisodeCount} episodes of split '{dataset.Split.Name}' at {entry.Dataset.RateHz} Hz; {dataset.Dataset.Format}; {dataset.Dataset.Folder}");
        }
        catch (Rt1Exception e)
        {
            return $"{name}: {e.Message}";
        }
    }
}
