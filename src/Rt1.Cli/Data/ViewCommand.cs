using System.CommandLine;
using Rt1.Data;

namespace Rt1.Cli.Data;

/// <summary><c>rt1 data view</c>.</summary>
internal static class ViewCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "A video (.mp4, .avi), or a sheet of pictures (.png, .jpg).", HelpName = "FILE", DefaultValueFactory = _ => "episode.mp4" };
        var rate = CommonOptions.Rate("Pictures a second of a video; 3 unless told.");
        var command = new Command("view", "Renders an episode, all its cameras side by side.")
        {
            DataCommand.PathArgument, DataCommand.SplitOption, DataCommand.EpisodeOption, output, rate,
        };
        command.SetAction(parsed =>
        {
            var dataset = EpisodeDatasets.Open(parsed.GetRequiredValue(DataCommand.PathArgument));
            var split = dataset.Split(parsed.GetValue(DataCommand.SplitOption));
            var episode = dataset.ReadOne(split, parsed.GetValue(DataCommand.EpisodeOption) ?? 0).OrThrow();
            EpisodeView.Render(episode, parsed.GetRequiredValue(output), parsed.GetValue(rate) ?? 3);
            Console.Out.WriteLine($"{parsed.GetValue(output)}: {episode.Steps.Count} steps of {episode.Source.File}, episode {episode.Source.Record}.");
            return Application.Ok;
        });
        return command;
    }
}
