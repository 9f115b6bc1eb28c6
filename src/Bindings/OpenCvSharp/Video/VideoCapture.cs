using static OpenCvSharp.Native;

namespace OpenCvSharp;

/// <summary>Frames from a camera, a video file, or a network stream. Whether it opened is asked with <see cref="IsOpened"/>.</summary>
public class VideoCapture : CvObject
{
    private readonly CaptureHandle _handle;

    public VideoCapture()
    {
        Check(rt1cv_capture_new(out _handle));
    }

    /// <summary>Opens a camera by its number, e.g. 0 for <c>/dev/video0</c>.</summary>
    public VideoCapture(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) : this()
    {
        Open(index, apiPreference);
    }

    /// <summary>Opens a video file, a device path, or a URL (<c>rtsp:</c>, <c>http:</c>).</summary>
    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) : this()
    {
        Open(fileName, apiPreference);
    }

    /// <inheritdoc cref="VideoCapture(string, VideoCaptureAPIs)"/>
    /// <param name="prms">Properties and values in turn, which the back end takes before it opens.</param>
    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference, int[] prms) : this()
    {
        Check(rt1cv_capture_open_file(_handle, fileName, (int)apiPreference, prms, prms.Length, out _));
    }

    public int FrameWidth
    {
        get => (int)Get(VideoCaptureProperties.FrameWidth);
        set => Set(VideoCaptureProperties.FrameWidth, value);
    }

    public int FrameHeight
    {
        get => (int)Get(VideoCaptureProperties.FrameHeight);
        set => Set(VideoCaptureProperties.FrameHeight, value);
    }

    /// <summary>Frames per second; 0 where unknown.</summary>
    public double Fps
    {
        get => Get(VideoCaptureProperties.Fps);
        set => Set(VideoCaptureProperties.Fps, value);
    }

    /// <summary>How many frames a file holds, by its header.</summary>
    public int FrameCount => (int)Get(VideoCaptureProperties.FrameCount);

    /// <summary>The number of the next frame.</summary>
    public int PosFrames
    {
        get => (int)Get(VideoCaptureProperties.PosFrames);
        set => Set(VideoCaptureProperties.PosFrames, value);
    }

    private protected override NativeHandle NativeHandle => _handle;

    public bool Open(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        Check(rt1cv_capture_open_device(_handle, index, (int)apiPreference, [], 0, out var opened));
        return opened != 0;
    }

    public bool Open(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        Check(rt1cv_capture_open_file(_handle, fileName, (int)apiPreference, [], 0, out var opened));
        return opened != 0;
    }

    public bool IsOpened() => rt1cv_capture_is_opened(_handle) != 0;

    /// <summary>Closes the device, file or stream.</summary>
    public void Release() => Check(rt1cv_capture_release(_handle));

    /// <summary>Takes the next frame without decoding it; false at the end.</summary>
    public bool Grab()
    {
        Check(rt1cv_capture_grab(_handle, out var grabbed));
        return grabbed != 0;
    }

    /// <summary>Decodes the frame that was grabbed, BGR.</summary>
    public bool Retrieve(OutputArray image, int flag = 0)
    {
        Check(rt1cv_capture_retrieve(_handle, image.Handle, flag, out var retrieved));
        return retrieved != 0;
    }

    /// <summary>Takes and decodes the next frame, BGR; false at the end.</summary>
    public bool Read(OutputArray image)
    {
        Check(rt1cv_capture_read(_handle, image.Handle, out var got));
        return got != 0;
    }

    public double Get(VideoCaptureProperties propertyId) => Get((int)propertyId);

    /// <summary>0 for a property that the back end does not know.</summary>
    public double Get(int propertyId)
    {
        Check(rt1cv_capture_get(_handle, propertyId, out var value));
        return value;
    }

    public bool Set(VideoCaptureProperties propertyId, double value) => Set((int)propertyId, value);

    /// <summary>False when the back end refuses; a camera may also choose another value near by.</summary>
    public bool Set(int propertyId, double value)
    {
        Check(rt1cv_capture_set(_handle, propertyId, value, out var accepted));
        return accepted != 0;
    }

    public string GetBackendName()
    {
        Check(rt1cv_capture_backend(_handle, out var name));
        return Text(name);
    }
}
