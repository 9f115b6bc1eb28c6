using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Renders a recorded episode as a video with the actions drawn in.</summary>
public static class EpisodeVideo
{
    /// <summary>Writes one picture for each step, at the episode's own rate. A step without a frame shows the one before it.</summary>
    /// <param name="path">Ends in <c>.mp4</c> or <c>.avi</c>.</param>
    /// <param name="rateHz">Pictures a second; null for the rate of the control loop, which is real time.</param>
    /// <exception cref="Rt1Exception">The episode has no steps, a frame is damaged or of another size, or the video cannot be written.</exception>
    public static void Render(RecordedEpisode episode, string path, double? rateHz = null)
    {
        if (episode.Steps.Count == 0)
            throw new RecordingException(episode.Folder, "holds no complete step, so there is nothing to show.");
        var image = episode.Steps.Select(step => step.ReadFrame()).FirstOrDefault(frame => frame is not null) ?? Black(episode.Header.Robot);
        VideoFileWriter? video = null;
        try
        {
            foreach (var recorded in episode.Steps)
            {
                var step = recorded.Read();
                image = step.Observation?.Image ?? image;
                var picture = ActionOverlay.Draw(image, episode.Header, step);
                video ??= new VideoFileWriter(path, picture.Height, picture.Width, rateHz ?? episode.Header.RateHz);
                video.Write(picture);
            }
            video!.Finish();
        }
        finally
        {
            video?.Dispose();
        }
    }

    private static Frame Black(RobotDescription robot) => new()
    {
        Width = robot.ImageWidth,
        Height = robot.ImageHeight,
        Pixels = new byte[robot.ImageWidth * robot.ImageHeight * 3],
    };
}
