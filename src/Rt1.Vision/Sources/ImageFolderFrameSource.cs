using Rt1.Core;

namespace Rt1.Vision;

/// <summary>The JPEG and PNG images of a folder, by name in ordinal order, one for each step.</summary>
public sealed class ImageFolderFrameSource : RecordedFrameSource
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];

    private readonly FrameSourceOptions _options;
    private readonly string[] _images;
    private int _next;

    /// <exception cref="FrameSourceException">There is no such folder, or no image in it.</exception>
    /// <exception cref="ImageFormatException">The first image does not decode.</exception>
    /// <exception cref="FrameShapeException">The first image is not of the size asked for.</exception>
    public ImageFolderFrameSource(string folder, FrameSourceOptions options, TimeProvider time) : base(time)
    {
        var name = $"image folder '{folder}'";
        if (!Directory.Exists(folder))
            throw new FrameSourceException(name, "does not exist.");
        _options = options;
        _images = [.. Directory.EnumerateFiles(folder).Where(IsImage).Order(StringComparer.Ordinal)];
        if (_images.Length == 0)
            throw new FrameSourceException(name, $"holds no images; expected files that end in {string.Join(", ", Extensions)}.");
        Read(0, default);
    }

    /// <summary>How many images the folder holds.</summary>
    public int Count => _images.Length;

    public override bool IsExhausted => _next == _images.Length;

    private protected override Frame ReadNext(TimeSpan capturedAt) => Read(_next++, capturedAt);

    public override void Dispose() { }

    private Frame Read(int index, TimeSpan capturedAt)
    {
        var frame = ImageCodec.Read(_images[index], capturedAt, index);
        _options.CheckShape(frame, _images[index]);
        return frame;
    }

    private static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
