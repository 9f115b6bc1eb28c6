using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// Writes frames of one size to a video file: <c>.mp4</c> (H.264 where the system's FFmpeg has it, else MPEG-4) or
/// <c>.avi</c> (motion JPEG). An odd width or height loses its last column or row in MP4.
/// </summary>
public sealed class VideoFileWriter : IDisposable
{
    private static readonly Dictionary<string, string[]> Codecs = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = ["avc1", "mp4v"],
        [".avi"] = ["MJPG"],
    };

    private readonly string _path;
    private readonly (int Height, int Width) _size;
    private readonly VideoWriter _writer;
    private int _written;

    /// <exception cref="Rt1Exception">The ending is none of the known ones, or the file cannot be written there.</exception>
    public VideoFileWriter(string path, int height, int width, double rateHz)
    {
        (_path, _size) = (path, (height, width));
        if (!Codecs.TryGetValue(Path.GetExtension(path), out var codecs))
            throw new Rt1Exception($"{path}: a video's name must end in {string.Join(" or ", Codecs.Keys)}.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new Rt1Exception($"{path}: the folder does not exist.");
        _writer = new VideoWriter();
        foreach (var codec in codecs)
        {
            if (_writer.Open(path, VideoCaptureAPIs.FFMPEG, FourCC.FromString(codec), rateHz, new Size(width, height)))
                return;
        }
        _writer.Dispose();
        throw new Rt1Exception($"{path}: cannot be written as a video of {height}×{width} at {rateHz} Hz; check that the folder is writable.");
    }

    /// <exception cref="FrameShapeException">The frame is not of the video's size.</exception>
    public void Write(Frame frame)
    {
        if ((frame.Height, frame.Width) != _size)
            throw new FrameShapeException(_path, _size.Height, _size.Width, frame.Height, frame.Width);
        using var bgr = frame.ToBgr();
        _writer.Write(bgr);
        _written++;
    }

    /// <summary>Closes the file and checks that every frame is in it: OpenCV reports no failing write.</summary>
    /// <exception cref="Rt1Exception">Frames are missing, e.g. because the disk is full.</exception>
    public void Finish()
    {
        _writer.Release();
        using var capture = new VideoCapture(_path, VideoCaptureAPIs.FFMPEG);
        var found = capture.IsOpened() ? capture.FrameCount : 0;
        if (found != _written)
            throw new Rt1Exception($"{_path}: {_written} frames were written, {found} are in the file; the disk may be full.");
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer.Dispose();
}
