using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>The frames of a video file in their order, all of them or so many a second as asked.</summary>
public sealed class VideoFileFrameSource : RecordedFrameSource
{
    private readonly string _name;
    private readonly FrameSourceOptions _options;
    private readonly VideoCapture _capture;
    private readonly Mat _bgr = new();
    private readonly double _stride;
    private bool _isExhausted;
    private long _position = -1;
    private long _given;

    /// <exception cref="FrameSourceException">The file is missing, is no video, or does not say the rate that the options need.</exception>
    /// <exception cref="FrameShapeException">Its frames are not of the size asked for.</exception>
    public VideoFileFrameSource(string path, FrameSourceOptions options, TimeProvider time) : base(time)
    {
        _name = $"video '{path}'";
        _options = options;
        if (!File.Exists(path))
            throw new FrameSourceException(_name, "the file does not exist.");
        _capture = new VideoCapture(path, VideoCaptureAPIs.FFMPEG);
        try
        {
            if (!_capture.IsOpened())
                throw new FrameSourceException(_name, "does not open; expected a video file that FFmpeg reads, such as MP4 or AVI.");
            _stride = options.RateHz is { } rate ? FileRate() / rate : 1;
            GrabTo(0);
            if (_isExhausted)
                throw new FrameSourceException(_name, "holds no frames.");
            Retrieve(default);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override bool IsExhausted => _isExhausted;

    private protected override Frame ReadNext(TimeSpan capturedAt)
    {
        var frame = Retrieve(capturedAt);
        _given++;
        GrabTo((long)(_given * _stride));
        return frame;
    }

    public override void Dispose()
    {
        _capture.Dispose();
        _bgr.Dispose();
    }

    private double FileRate() => _capture.Fps is > 0 and < 1000 and var rate
        ? rate
        : throw new FrameSourceException(_name, $"does not say its frame rate (it gives {_capture.Fps}); leave out rate_hz to take every frame.");

    private void GrabTo(long position)
    {
        while (_position < position && !_isExhausted)
        {
            _isExhausted = !_capture.Grab();
            _position++;
        }
    }

    private Frame Retrieve(TimeSpan capturedAt)
    {
        if (!_capture.Retrieve(_bgr) || _bgr.Empty())
            throw new FrameSourceException(_name, $"frame {_position} does not decode.");
        var frame = _bgr.ToFrame(capturedAt, _given);
        _options.CheckShape(frame, _name);
        return frame;
    }
}
