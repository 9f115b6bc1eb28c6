using System.CommandLine;
using Rt1.Data;

namespace Rt1.Cli.Replay;

/// <summary><c>rt1 replay</c>: a recorded episode as a video.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var episode = new Argument<string>("episode") { Description = "The episode's folder." };
        var video = new Option<string>("--out") { Description = "The video to write (.mp4 or .avi).", Required = true, HelpName = "FILE" };
        var rate = CommonOptions.Rate("Steps a second; without it the rate of the recording.");
        var command = new Command("replay", "Shows a recorded episode as a video with instruction and actions drawn in.") { episode, video, rate };
        command.SetAction(parsed =>
        {
            var recorded = RecordedEpisode.Open(parsed.GetValue(episode)!);
            foreach (var warning in recorded.Warnings)
                Console.Error.WriteLine($"rt1: {warning}");
            EpisodeVideo.Render(recorded, parsed.GetValue(video)!, parsed.GetValue(rate));
            Console.Out.WriteLine($"{parsed.GetValue(video)}: {recorded.Steps.Count} steps of '{recorded.Header.Instruction}', ended: {recorded.End?.ToString() ?? "never, the recorder was cut off."}");
            return Application.Ok;
        });
        return command;
    }
}
