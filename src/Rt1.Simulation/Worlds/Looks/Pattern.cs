using System.Numerics;

namespace Rt1.Simulation;

/// <summary>What a texture shows.</summary>
internal enum Pattern
{
    /// <summary>Fine grains.</summary>
    Speckle,

    /// <summary>Soft patches, as of stone or worn paint.</summary>
    Clouds,

    /// <summary>Streaks along one side, as of wood.</summary>
    Grain,

    /// <summary>The crossing stripes of a tablecloth.</summary>
    Gingham,

    /// <summary>Stripes across.</summary>
    Stripes,

    /// <summary>Round dots.</summary>
    Dots,

    /// <summary>Squares on their corners.</summary>
    Diamonds,
}

/// <summary>Paints patterns into textures, so that they repeat without a seam.</summary>
internal static class PatternPainter
{
    private const int Cells = 8;

    /// <param name="rgb">Size × Size × 3 bytes.</param>
    /// <param name="size">A power of two.</param>
    /// <param name="pattern">What to paint.</param>
    /// <param name="ground">The colour of most of it.</param>
    /// <param name="mark">The other colour.</param>
    /// <param name="random">Where the marks are.</param>
    public static void Paint(Span<byte> rgb, int size, Pattern pattern, Vector3 ground, Vector3 mark, Random random)
    {
        var noise = pattern switch
        {
            Pattern.Speckle => Noise(size, size, size, random),
            Pattern.Clouds => Noise(size, Cells, Cells, random),
            Pattern.Grain => Noise(size, 1, 4 * Cells, random),
            _ => [],
        };
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var part = noise.Length > 0 ? noise[y * size + x] : Mark(pattern, (float)x / size, (float)y / size);
                var colour = 255 * Vector3.Lerp(ground, mark, part);
                for (var c = 0; c < 3; c++)
                    rgb[3 * (y * size + x) + c] = (byte)Math.Clamp(colour[c], 0, 255);
            }
        }
    }

    // How much of the mark's colour there is at a point of the unit square.
    private static float Mark(Pattern pattern, float x, float y)
    {
        const int Rows = Cells / 2;
        var (u, v) = (Rows * x % 1, Rows * y % 1);
        return pattern switch
        {
            Pattern.Gingham => (u < 0.5f ? 0.5f : 0) + (v < 0.5f ? 0.5f : 0),
            Pattern.Stripes => u < 0.5f ? 1 : 0,
            Pattern.Dots => Vector2.Distance(new(u, v), new(0.5f)) < 0.28f ? 1 : 0,
            Pattern.Diamonds => (MathF.Floor(Rows * (x + y)) + MathF.Floor(Rows * (x - y) + Rows)) % 2 == 0 ? 1 : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(pattern)),
        };
    }

    // Smooth noise in [0, 1] on a grid of so many cells along x and y.
    private static float[] Noise(int size, int columns, int rows, Random random)
    {
        var grid = new float[rows * columns];
        for (var i = 0; i < grid.Length; i++)
            grid[i] = random.NextSingle();
        var values = new float[size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (gx, gy) = ((float)x * columns / size, (float)y * rows / size);
                var (left, top) = ((int)gx, (int)gy);
                var (right, below) = ((left + 1) % columns, (top + 1) % rows);
                var upper = float.Lerp(grid[top * columns + left], grid[top * columns + right], gx - left);
                var lower = float.Lerp(grid[below * columns + left], grid[below * columns + right], gx - left);
                values[y * size + x] = float.Lerp(upper, lower, gy - top);
            }
        }
        return values;
    }
}
