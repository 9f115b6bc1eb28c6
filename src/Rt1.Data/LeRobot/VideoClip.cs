using OpenCvSharp;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>The frames of one episode in a video file. Frames in order cost no seeking. Safe to use from several threads.</summary>
internal sealed class VideoClip(string path, ImageSpec spec)
{
    // Shorter ways forward are decoded through: a seek goes back to a key frame anyway.
    private const int LongestWay = 16;

    private readonly Lock _gate = new();
    private VideoCapture? _capture;
    private int _next;

    /// <exception cref="ImageFormatException">The file is missing, or the frame does not decode or is of another size.</exception>
    public PixelImage Decode(int frame)
    {
        lock (_gate)
        {
            var where = $"{path}: frame {frame}";
            _capture ??= Open();
            MoveTo(frame, where);
            using var bgr = new Mat();
            if (!_capture.Read(bgr) || bgr.Empty())
                throw new ImageFormatException(where, "the video has no such frame, or it does not decode; an AV1 video needs an OpenCV whose FFmpeg has dav1d.");
            _next = frame + 1;
            if (bgr.Rows != spec.Height || bgr.Cols != spec.Width)
            {
                throw new ImageFormatException(
                    where, $"is {bgr.Rows}×{bgr.Cols} (height × width), but its feature says {spec.Height}×{spec.Width}.");
            }
            var pixels = GC.AllocateUninitializedArray<byte>(bgr.Rows * bgr.Cols * 3);
            using var rgb = Mat.FromPixelData(bgr.Rows, bgr.Cols, MatType.CV_8UC3, pixels);
            Cv2.CvtColor(bgr, rgb, ColorConversionCodes.BGR2RGB);
            return new PixelImage(ElementType.UInt8, bgr.Rows, bgr.Cols, 3, pixels);
        }
    }

    private void MoveTo(int frame, string where)
    {
        if (frame < _next || frame > _next + LongestWay)
        {
            _capture!.PosFrames = frame;
            _next = frame;
        }
        for (; _next < frame; _next++)
        {
            if (!_capture!.Grab())
                throw new ImageFormatException(where, "the video ends before it.");
        }
    }

    private VideoCapture Open()
    {
        if (!File.Exists(path))
            throw new ImageFormatException(path, "the video is missing.");
        var capture = new VideoCapture(path, VideoCaptureAPIs.FFMPEG);
        if (capture.IsOpened())
            return capture;
        capture.Dispose();
        throw new ImageFormatException(path, "the video does not open; expected one that FFmpeg reads, such as AV1 or H.264.");
    }
}

/// <summary>A frame of a video.</summary>
internal sealed class VideoFrame(VideoClip clip, int frame) : ImageValue
{
    public override PixelImage Decode() => clip.Decode(frame);
}
