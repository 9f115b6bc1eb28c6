using OpenCvSharp;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Renders an episode of any dataset: all its cameras side by side.</summary>
public static class EpisodeView
{
    private const int CameraHeight = 240;
    private const int CaptionHeight = 28;
    private const int SheetWidth = 1920;
    private const int SheetPictures = 48;

    /// <summary>Writes a video (<c>.mp4</c>, <c>.avi</c>), or a sheet of pictures over the episode (<c>.png</c>, <c>.jpg</c>).</summary>
    /// <param name="rateHz">Pictures a second of a video.</param>
    /// <exception cref="Rt1Exception">The episode has no images, one does not decode, or the file cannot be written.</exception>
    public static void Render(DatasetEpisode episode, string path, double rateHz)
    {
        if (episode.Steps.Count == 0)
            throw new Rt1Exception($"{episode.Source.File}: the episode has no steps to show.");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".png":
                File.WriteAllBytes(path, ImageCodec.EncodePng(Sheet(episode)));
                break;
            case ".jpg" or ".jpeg":
                File.WriteAllBytes(path, ImageCodec.EncodeJpeg(Sheet(episode)));
                break;
            default:
                Video(episode, path, rateHz);
                break;
        }
    }

    private static void Video(DatasetEpisode episode, string path, double rateHz)
    {
        VideoFileWriter? video = null;
        try
        {
            for (var step = 0; step < episode.Steps.Count; step++)
            {
                var picture = Picture(episode, step);
                video ??= new VideoFileWriter(path, picture.Height, picture.Width, rateHz);
                video.Write(picture);
            }
            video!.Finish();
        }
        finally
        {
            video?.Dispose();
        }
    }

    private static Frame Sheet(DatasetEpisode episode)
    {
        var count = Math.Min(SheetPictures, episode.Steps.Count);
        var pictures = Enumerable.Range(0, count)
            .Select(i => Picture(episode, count == 1 ? 0 : (int)((long)i * (episode.Steps.Count - 1) / (count - 1)))).ToList();
        var (height, width) = (pictures[0].Height, pictures[0].Width);
        var columns = Math.Clamp(SheetWidth / width, 1, count);
        return Compose((count + columns - 1) / columns * height, columns * width, sheet =>
        {
            foreach (var (i, picture) in pictures.Index())
            {
                using var source = picture.ToMat();
                using var target = new Mat(sheet, new Rect(i % columns * width, i / columns * height, width, height));
                source.CopyTo(target);
            }
        });
    }

    private static Frame Picture(DatasetEpisode episode, int step)
    {
        var images = episode.Steps[step].Leaves().Select(l => l.Value).OfType<ImageValue>().Select(i => i.Decode()).ToList();
        if (images.Count == 0)
            throw new Rt1Exception($"{episode.Source.File}: the episode has no images to show.");
        var widths = images.Select(i => Math.Max(1, i.Width * CameraHeight / i.Height)).ToList();
        // Even sizes, which video codecs want.
        return Compose(CameraHeight + CaptionHeight, (widths.Sum() + 1) & ~1, canvas =>
        {
            var x = 0;
            foreach (var (image, width) in images.Zip(widths))
            {
                using var source = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, Rgb(image));
                using var target = new Mat(canvas, new Rect(x, CaptionHeight, width, CameraHeight));
                Cv2.Resize(source, target, new Size(width, CameraHeight), 0, 0, InterpolationFlags.Linear);
                x += width;
            }
            var caption = $"{step}/{episode.Steps.Count - 1} {Caption(episode.Steps[step])}";
            Cv2.PutText(canvas, caption, new Point(6, 19), HersheyFonts.HersheySimplex, 0.5, new Scalar(255, 255, 255), 1, LineTypes.AntiAlias);
        });
    }

    private static string Caption(StructValue step) => step.Leaves()
        .Where(l => l.Path.Contains("instruction", StringComparison.Ordinal) || l.Path.EndsWith("task", StringComparison.Ordinal))
        .Select(l => l.Value).OfType<TextValue>().FirstOrDefault()?.Text ?? "";

    /// <summary>Colour as it is; one channel (depth, masks) stretched from its smallest to its largest value.</summary>
    private static byte[] Rgb(PixelImage image)
    {
        if (image is { Type: ElementType.UInt8, Channels: 3 })
            return image.Pixels;
        var rgb = new byte[image.Height * image.Width * 3];
        var values = Enumerable.Range(0, image.Height * image.Width).Select(i => image.Tensor[i * image.Channels]).ToArray();
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, range) = (finite.Min(), Math.Max(finite.Max() - finite.Min(), 1e-9));
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = image.Channels >= 3
                ? (byte)image.Tensor[i / 3 * image.Channels + i % 3]
                : double.IsFinite(values[i / 3]) ? (byte)((values[i / 3] - low) / range * 255) : (byte)0;
        }
        return rgb;
    }

    private static Frame Compose(int height, int width, Action<Mat> draw)
    {
        var pixels = new byte[height * width * 3];
        using (var canvas = Mat.FromPixelData(height, width, MatType.CV_8UC3, pixels))
            draw(canvas);
        return new Frame { Height = height, Width = width, Pixels = pixels };
    }

    private static Mat ToMat(this Frame frame) => Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels);
}
