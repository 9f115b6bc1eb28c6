using System.CommandLine;
using Rt1.Core;
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
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            yield return new ReportText(Path.GetFileName(file), File.ReadAllText(file));
    }
}
