using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// A camera or a network stream. A thread of its own drains it, so that <see cref="Next"/> gives the newest frame and never one
/// that waited in a queue. A frame's capture time is its arrival less <see cref="FrameSourceOptions.Delay"/>.
/// </summary>
public sealed class LiveFrameSource : IFrameSource
{
    // OpenCV's CAP_PROP_OPEN_TIMEOUT_MSEC and CAP_PROP_READ_TIMEOUT_MSEC, which OpenCvSharp has no names for.
    private const int OpenTimeoutProperty = 53, ReadTimeoutProperty = 54;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly FrameSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly VideoCapture _capture;
    private readonly NewestFrame _newest;
    private readonly Thread _reader;
    private volatile bool _stopping;

    private LiveFrameSource(string name, VideoCapture capture, FrameSourceOptions options, TimeProvider time)
    {
        (_name, _capture, _options, _time) = (name, capture, options, time);
        _newest = new NewestFrame(time);
        using (var bgr = new Mat())
        {
            if (!capture.Read(bgr) || bgr.Empty())
                throw new FrameSourceException(name, "opened, but gives no frame.");
            Put(bgr, 0);
        }
        _reader = new Thread(ReadFrames) { IsBackground = true, Name = name };
        _reader.Start();
    }

    /// <summary>Opens a camera by its device.</summary>
    /// <param name="device">E.g. <c>/dev/video0</c>.</param>
    /// <exception cref="FrameSourceException">The device is missing, does not open, or gives no frame.</exception>
    /// <exception cref="FrameShapeException">The camera does not offer the size asked for.</exception>
    public static LiveFrameSource OpenCamera(string device, FrameSourceOptions options, TimeProvider time)
    {
        var name = $"camera '{device}'";
        if (!File.Exists(device))
        {
            var present = Directory.Exists("/dev") ? Directory.GetFiles("/dev", "video*").Order(StringComparer.Ordinal).ToArray() : [];
            throw new FrameSourceException(name, present.Length == 0
                ? "there is no such device, nor any other camera; connect one."
                : $"there is no such device; present are {string.Join(", ", present)}.");
        }
        var capture = new VideoCapture(device, VideoCaptureAPIs.V4L2);
        return Start(name, capture, options, time, "does not open; it may be in use by another program, or not readable by you (group 'video').");
    }

    /// <summary>
    /// Opens a stream by its URL, e.g. <c>rtsp://user:password@host/path</c>; messages leave user and password out.
    /// Needs the system's OpenCV: the FFmpeg inside the OpenCvSharp package knows no network.
    /// </summary>
    /// <exception cref="FrameSourceException">The host does not answer in time, or there is no stream to decode.</exception>
    /// <exception cref="FrameShapeException">Its frames are not of the size asked for.</exception>
    public static LiveFrameSource OpenStream(string url, FrameSourceOptions options, TimeProvider time)
    {
        var timeout = (int)options.StreamTimeout.TotalMilliseconds;
        var capture = new VideoCapture(
            url, VideoCaptureAPIs.FFMPEG, [OpenTimeoutProperty, timeout, ReadTimeoutProperty, timeout]);
        return Start($"stream '{WithoutUser(url)}'", capture, options, time,
            $"does not open; check the address, and that it answers within {options.StreamTimeout.TotalSeconds:0.#} s.");
    }

    /// <summary>False: a live source that ends is broken, and <see cref="Next"/> says so.</summary>
    public bool IsExhausted => false;

    /// <inheritdoc/>
    /// <exception cref="FrameSourceException">The camera was unplugged, or the stream ended.</exception>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default) =>
        _newest.Next(notBefore, timeout, cancellation);

    public void Dispose()
    {
        _stopping = true;
        _reader.Join(StopTimeout);
    }

    private static LiveFrameSource Start(string name, VideoCapture capture, FrameSourceOptions options, TimeProvider time, string notOpened)
    {
        try
        {
            if (!capture.IsOpened())
                throw new FrameSourceException(name, notOpened);
            Ask(capture, VideoCaptureProperties.FrameWidth, options.Width);
            Ask(capture, VideoCaptureProperties.FrameHeight, options.Height);
            Ask(capture, VideoCaptureProperties.Fps, options.RateHz);
            return new LiveFrameSource(name, capture, options, time);
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    private static void Ask(VideoCapture capture, VideoCaptureProperties property, double? value)
    {
        if (value is { } wanted)
            capture.Set(property, wanted);
    }

    /// <summary>The reader's thread, which from here on owns the capture.</summary>
    private void ReadFrames()
    {
        using var bgr = new Mat();
        try
        {
            for (var sequence = 1L; !_stopping; sequence++)
            {
                if (!_capture.Read(bgr) || bgr.Empty())
                    throw new FrameSourceException(_name, "stopped giving frames; it was disconnected, or the stream ended.");
                Put(bgr, sequence);
            }
        }
        catch (Rt1Exception e)
        {
            _newest.Fail(e);
        }
        catch (Exception e)
        {
            _newest.Fail(new FrameSourceException(_name, e.Message));
        }
        finally
        {
            _capture.Dispose();
        }
    }

    private void Put(Mat bgr, long sequence)
    {
        var frame = bgr.ToFrame(_time.GetElapsedTime(0) - _options.Delay, sequence);
        _options.CheckShape(frame, _name);
        _newest.Put(frame);
    }

    private static string WithoutUser(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? url.Replace($"{uri.UserInfo}@", "") : url;
}
