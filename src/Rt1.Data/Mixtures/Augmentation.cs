using System.Numerics;

namespace Rt1.Data;

/// <summary>
/// Copies a sample's images into a batch and changes them on the way. What is random follows from the seed, the batch's number and the sample's
/// place, so it is the same in every run.
/// </summary>
internal sealed class Augmentation(AugmentationConfig config, long seed)
{
    // What a random number is for.
    private const int Crop = 1;
    private const int Light = 2;
    private const int Hole = 3;

    /// <param name="source">(T, height, width, 3).</param>
    /// <param name="target">Of the same size.</param>
    /// <returns>The crop.</returns>
    public Crop Apply(ReadOnlySpan<byte> source, Span<byte> target, int steps, int height, int width, long batch, int sample)
    {
        var crop = new SeededRandom(seed, Crop, batch, config.CropPerSample ? sample : 0);
        var (padY, padX) = ((int)Math.Round(config.PadHeight * height), (int)Math.Round(config.PadWidth * width));
        var (y, x) = (crop.Next(2 * padY + 1) - padY, crop.Next(2 * padX + 1) - padX);
        var frame = height * width * 3;
        for (var step = 0; step < steps; step++)
            Shift(source.Slice(step * frame, frame), target.Slice(step * frame, frame), height, width, y, x, config.Padding);
        if (config.Brightness > 0 || config.Contrast > 0 || config.Colour > 0)
            Relight(target[..(steps * frame)], new SeededRandom(seed, Light, batch, sample));
        if (config.Cutout > 0)
            CutOut(target, steps, height, width, new SeededRandom(seed, Hole, batch, sample));
        return new Crop((float)x / width, (float)y / height);
    }

    /// <summary>The crop at (y, x) of the image with its padding around it.</summary>
    internal static void Shift(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, int y, int x, PaddingKind padding = PaddingKind.Zero)
    {
        if (padding == PaddingKind.Edge)
        {
            ShiftEdges(source, target, height, width, y, x);
            return;
        }
        if (y == 0 && x == 0)
        {
            source.CopyTo(target);
            return;
        }
        var row = width * 3;
        var (left, count) = (Math.Max(0, -x) * 3, (width - Math.Abs(x)) * 3);
        for (var to = 0; to < height; to++)
        {
            var line = target.Slice(to * row, row);
            if (to + y < 0 || to + y >= height || count <= 0)
            {
                line.Clear();
                continue;
            }
            line[..left].Clear();
            line[(left + count)..].Clear();
            source.Slice((to + y) * row + Math.Max(0, x) * 3, count).CopyTo(line[left..]);
        }
    }

    private static void ShiftEdges(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, int y, int x)
    {
        var row = width * 3;
        var (left, count) = (Math.Clamp(-x, 0, width), Math.Max(0, width - Math.Abs(x)));
        for (var to = 0; to < height; to++)
        {
            var from = source.Slice(Math.Clamp(to + y, 0, height - 1) * row, row);
            var line = target.Slice(to * row, row);
            from.Slice(Math.Clamp(x, 0, width - count) * 3, count * 3).CopyTo(line[(left * 3)..]);
            for (var pixel = 0; pixel < left; pixel++)
                from[..3].CopyTo(line[(pixel * 3)..]);
            for (var pixel = left + count; pixel < width; pixel++)
                from[^3..].CopyTo(line[(pixel * 3)..]);
        }
    }

    private void Relight(Span<byte> pixels, SeededRandom random)
    {
        var shift = 255 * config.Brightness * (2 * random.NextDouble() - 1);
        var factor = 1 + config.Contrast * (2 * random.NextDouble() - 1);
        Span<byte> table = stackalloc byte[3 * 256];
        for (var channel = 0; channel < 3; channel++)
        {
            var scale = 1 + config.Colour * (2 * random.NextDouble() - 1);
            for (var i = 0; i < 256; i++)
                table[channel * 256 + i] = (byte)Math.Clamp(Math.Round(((i - 127.5) * factor + 127.5 + shift) * scale), 0, 255);
        }
        for (var i = 0; i < pixels.Length; i += 3)
        {
            pixels[i] = table[pixels[i]];
            pixels[i + 1] = table[256 + pixels[i + 1]];
            pixels[i + 2] = table[512 + pixels[i + 2]];
        }
    }

    private void CutOut(Span<byte> target, int steps, int height, int width, SeededRandom random)
    {
        var size = Math.Min(width, (int)Math.Round(config.Cutout * height));
        var (top, left) = (random.Next(height - size + 1), random.Next(width - size + 1));
        for (var step = 0; step < steps; step++)
        {
            for (var y = top; y < top + size; y++)
                target.Slice(((step * height + y) * width + left) * 3, size * 3).Clear();
        }
    }
}

/// <summary>Where a crop begins, as a part of the image's width and height.</summary>
internal readonly record struct Crop(float X, float Y)
{
    /// <summary>The places in the cropped image; one that fell out of it is not to be seen.</summary>
    public Keypoints Of(Keypoints points) => new(Of(points.Target), Of(points.Gripper), Of(points.Reference));

    private Vector2? Of(Vector2? point) =>
        point is { } p && new Vector2(p.X - X, p.Y - Y) is { X: >= 0 and <= 1, Y: >= 0 and <= 1 } moved ? moved : null;
}
