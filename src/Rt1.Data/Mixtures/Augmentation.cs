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
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target, int steps, int height, int width, long batch, int sample)
    {
        var crop = new SeededRandom(seed, Crop, batch, config.CropPerSample ? sample : 0);
        var (padY, padX) = ((int)Math.Round(config.PadHeight * height), (int)Math.Round(config.PadWidth * width));
        var (y, x) = (crop.Next(2 * padY + 1) - padY, crop.Next(2 * padX + 1) - padX);
        var frame = height * width * 3;
        for (var step = 0; step < steps; step++)
            Shift(source.Slice(step * frame, frame), target.Slice(step * frame, frame), height, width, y, x);
        if (config.Brightness > 0 || config.Contrast > 0)
            Relight(target[..(steps * frame)], new SeededRandom(seed, Light, batch, sample));
        if (config.Cutout > 0)
            CutOut(target, steps, height, width, new SeededRandom(seed, Hole, batch, sample));
    }

    /// <summary>The crop at (y, x) of the image with zeros around it.</summary>
    internal static void Shift(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, int y, int x)
    {
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

    private void Relight(Span<byte> pixels, SeededRandom random)
    {
        var shift = 255 * config.Brightness * (2 * random.NextDouble() - 1);
        var factor = 1 + config.Contrast * (2 * random.NextDouble() - 1);
        Span<byte> table = stackalloc byte[256];
        for (var i = 0; i < table.Length; i++)
            table[i] = (byte)Math.Clamp(Math.Round((i - 127.5) * factor + 127.5 + shift), 0, 255);
        foreach (ref var pixel in pixels)
            pixel = table[pixel];
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
