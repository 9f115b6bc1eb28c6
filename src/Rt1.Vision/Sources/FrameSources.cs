using Rt1.Core;

namespace Rt1.Vision;

/// <summary>Opens a frame source by its name, as it stands in a configuration or on the command line.</summary>
public static class FrameSources
{
    private static readonly string[] StreamSchemes = ["rtsp", "rtsps", "rtmp", "http", "https", "udp", "tcp"];

    /// <summary>
    /// A camera (<c>0</c> or <c>/dev/video0</c>), a stream (<c>rtsp://…</c>, <c>http://…</c>), a folder of JPEG and PNG images,
    /// or a video file. The first frame is read here, so that a wrong size or an unreadable file shows at the start.
    /// </summary>
    /// <exception cref="FrameSourceException">It does not exist, does not open, or gives no frame.</exception>
    /// <exception cref="FrameShapeException">Its frames are not of the size asked for.</exception>
    public static IFrameSource Open(string source, FrameSourceOptions options, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(source))
            throw new FrameSourceException("frame source", "is empty; name a camera (0), a device, a URL, a video file or an image folder.");
        if (int.TryParse(source, out var index))
            return LiveFrameSource.OpenCamera($"/dev/video{index}", options, time);
        if (source.StartsWith("/dev/", StringComparison.Ordinal))
            return LiveFrameSource.OpenCamera(source, options, time);
        if (source.Split("://") is [var scheme, _, ..])
        {
            return StreamSchemes.Contains(scheme.ToLowerInvariant())
                ? LiveFrameSource.OpenStream(source, options, time)
                : throw new FrameSourceException($"stream '{scheme}://…'", $"expected one of {string.Join(", ", StreamSchemes)}, got '{scheme}'.");
        }
        if (Directory.Exists(source))
            return new ImageFolderFrameSource(source, options, time);
        return new VideoFileFrameSource(source, options, time);
    }
}
