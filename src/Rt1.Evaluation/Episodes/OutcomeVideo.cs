using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Evaluation;

/// <summary>An evaluated episode as a video: instruction and outcome, every step's action, and attention where the policy gave it.</summary>
internal static class OutcomeVideo
{
    /// <summary>Writes one picture a step, in real time. An episode without a frame gives no video.</summary>
    /// <param name="path">Ends in <c>.mp4</c>; its folder is made where it does not exist.</param>
    /// <exception cref="Rt1Exception">The video cannot be written.</exception>
    public static void Write(string path, EpisodeMemory episode, EpisodeResult result)
    {
        if (episode.Header is not { } header || !episode.Steps.Any(step => step.Observation is not null))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        VideoFileWriter? video = null;
        try
        {
            foreach (var step in episode.Steps.Where(step => step.Observation is not null))
            {
                var outcome = $"this episode: {result.Verdict.Describe()}";
                var picture = ActionOverlay.Draw(step.Observation!.Image, header, step with { Reason = step.Reason ?? outcome });
                video ??= new VideoFileWriter(path, picture.Height, picture.Width, header.RateHz);
                video.Write(picture);
            }
            video!.Finish();
        }
        finally
        {
            video?.Dispose();
        }
    }
}
