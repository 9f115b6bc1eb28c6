using static OpenCvSharp.Native;

namespace OpenCvSharp;

/// <summary>A video file being written. Whether it opened is asked with <see cref="IsOpened"/>.</summary>
public class VideoWriter : CvObject
{
    private readonly WriterHandle _handle;

    public VideoWriter()
    {
        Check(rt1cv_writer_new(out _handle));
    }

    /// <inheritdoc cref="Open(string, VideoCaptureAPIs, FourCC, double, Size, bool)"/>
    public VideoWriter(string fileName, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
        : this(fileName, VideoCaptureAPIs.ANY, fourcc, fps, frameSize, isColor) { }

    /// <inheritdoc cref="Open(string, VideoCaptureAPIs, FourCC, double, Size, bool)"/>
    public VideoWriter(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true) : this()
    {
        Open(fileName, apiPreference, fourcc, fps, frameSize, isColor);
    }

    public string? FileName { get; private set; }

    public double Fps { get; private set; }

    public Size FrameSize { get; private set; }

    public bool IsColor { get; private set; } = true;

    private protected override NativeHandle NativeHandle => _handle;

    /// <summary>Opens the file in the container of its extension. Every frame must be of <paramref name="frameSize"/>; others are dropped.</summary>
    public bool Open(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
    {
        (FileName, Fps, FrameSize, IsColor) = (fileName, fps, frameSize, isColor);
        Check(rt1cv_writer_open(
            _handle, fileName, (int)apiPreference, fourcc, fps, frameSize.Width, frameSize.Height, isColor ? 1 : 0, out var opened));
        return opened != 0;
    }

    public bool IsOpened() => rt1cv_writer_is_opened(_handle) != 0;

    /// <summary>Finishes the file.</summary>
    public void Release() => Check(rt1cv_writer_release(_handle));

    /// <summary>Adds one frame, BGR.</summary>
    public void Write(InputArray image) => Check(rt1cv_writer_write(_handle, image.Handle));

    public static int FourCC(char c1, char c2, char c3, char c4) => OpenCvSharp.FourCC.FromFourChars(c1, c2, c3, c4);

    public static int FourCC(string code) => OpenCvSharp.FourCC.FromString(code);

    public double Get(VideoWriterProperties propId)
    {
        Check(rt1cv_writer_get(_handle, (int)propId, out var value));
        return value;
    }

    public bool Set(VideoWriterProperties propId, double value)
    {
        Check(rt1cv_writer_set(_handle, (int)propId, value, out var accepted));
        return accepted != 0;
    }

    public string GetBackendName()
    {
        Check(rt1cv_writer_backend(_handle, out var name));
        return Text(name);
    }
}
