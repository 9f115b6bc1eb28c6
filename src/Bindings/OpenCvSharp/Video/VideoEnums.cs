namespace OpenCvSharp;

/// <summary>What can be read or set of a capture; which of them work depends on the back end.</summary>
public enum VideoCaptureProperties
{
    PosMsec = 0,
    PosFrames = 1,
    PosAviRatio = 2,
    FrameWidth = 3,
    FrameHeight = 4,
    Fps = 5,
    FourCC = 6,
    FrameCount = 7,
    Format = 8,
    Mode = 9,
    Brightness = 10,
    Contrast = 11,
    Saturation = 12,
    Hue = 13,
    Gain = 14,
    Exposure = 15,
    ConvertRgb = 16,
    Sharpness = 20,
    AutoExposure = 21,
    Gamma = 22,
    Zoom = 27,
    Focus = 28,
    BufferSize = 38,
    AutoFocus = 39,
    Backend = 42,
    AutoWB = 44,
    WBTemperature = 45,
    BitRate = 47,
}

/// <summary>What can be read or set of a writer.</summary>
public enum VideoWriterProperties
{
    Quality = 1,
    FrameBytes = 2,
    NStripes = 3,
}

/// <summary>The back ends of a Linux system.</summary>
public enum VideoCaptureAPIs
{
    ANY = 0,
    V4L2 = 200,
    GSTREAMER = 1800,
    FFMPEG = 1900,
    IMAGES = 2000,
    OPENCV_MJPEG = 2200,
}
