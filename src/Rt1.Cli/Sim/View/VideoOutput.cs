using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Cli.Sim;

/// <summary>Pictures into a video file, which begins with the first.</summary>
internal sealed class VideoOutput : IViewOutput
{
    private readonly string _path;
    private readonly double _rateHz;
    private VideoFileWriter? _video;

    /// <exception cref="Rt1Exception">The folder is not there, or the name is not a video's.</exception>
    public VideoOutput(string path, double rateHz)
    {
        (_path, _rateHz) = (path, rateHz);
        if (Path.GetExtension(path) is not (".mp4" or ".avi"))
            throw new Rt1Exception($"--view {path}: a video's name must end in .mp4 or .avi; a live view is a URL such as http://127.0.0.1:8080.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new Rt1Exception($"--view {path}: the folder does not exist.");
    }

    public string Announcement => $"Video: {_path}, written until the robot stops.";

    public void Show(Frame picture)
    {
        _video ??= new VideoFileWriter(_path, picture.Height, picture.Width, _rateHz);
        _video.Write(picture);
    }

    public void Dispose()
    {
        _video?.Finish();
        _video?.Dispose();
    }
}
