using static OpenCvSharp.Native;

namespace OpenCvSharp;

/// <summary>OpenCV's functions. An error arrives as <see cref="OpenCVException"/>.</summary>
public static partial class Cv2
{
    /// <summary>The version of the OpenCV library that is loaded.</summary>
    public static string GetVersionString() => Text(rt1cv_version());

    /// <summary>How the loaded library was built: its codecs, video back ends and CPU features.</summary>
    public static string GetBuildInformation() => Text(rt1cv_build_information());

    public static int GetNumThreads() => rt1cv_get_num_threads();

    /// <summary>How many threads a single function may use; 0 runs it on the calling thread.</summary>
    public static void SetNumThreads(int nThreads) => Check(rt1cv_set_num_threads(nThreads));

    public static LogLevel GetLogLevel() => (LogLevel)rt1cv_get_log_level();

    /// <summary>
    /// What OpenCV writes to stderr; it starts silent, or as the environment variable <c>OPENCV_LOG_LEVEL</c> says.
    /// FFmpeg's own log follows <c>OPENCV_FFMPEG_LOGLEVEL</c>. Returns the previous level.
    /// </summary>
    public static LogLevel SetLogLevel(LogLevel logLevel) => (LogLevel)rt1cv_set_log_level((int)logLevel);
}

/// <summary>How much OpenCV writes to stderr.</summary>
public enum LogLevel
{
    SILENT = 0,
    FATAL = 1,
    ERROR = 2,
    WARNING = 3,
    INFO = 4,
    DEBUG = 5,
    VERBOSE = 6,
}
