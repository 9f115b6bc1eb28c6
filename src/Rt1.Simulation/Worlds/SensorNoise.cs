namespace Rt1.Simulation;

/// <summary>
/// What a camera's sensor adds to a picture: noise in every pixel, and an exposure that wavers from frame to frame. The same seed and
/// frame number, the same noise.
/// </summary>
public sealed class SensorNoise
{
    /// <summary>Standard deviation of a channel of a pixel, of 255.</summary>
    public const float Deviation = 2;

    /// <summary>Standard deviation of a frame's exposure, as a part of it.</summary>
    public const float ExposureDeviation = 0.01f;

    private const int TableBits = 16;

    private static readonly sbyte[] Table = MakeTable();

    private readonly int _seed;
    private readonly short[] _exposed = new short[256];
    private int _frame;

    /// <param name="seed">The run's.</param>
    public SensorNoise(int seed) => _seed = seed;

    /// <summary>Adds the next frame's noise.</summary>
    /// <param name="pixels">Bytes; changed.</param>
    /// <param name="rowLength">Bytes of a row.</param>
    public void Add(Span<byte> pixels, int rowLength)
    {
        var random = new Random(HashCode(_seed, _frame++));
        var exposure = 1 + ExposureDeviation * Normal(random);
        for (var i = 0; i < _exposed.Length; i++)
            _exposed[i] = (short)Math.Round(i * exposure);
        for (var start = 0; start < pixels.Length; start += rowLength)
            AddRow(pixels.Slice(start, Math.Min(rowLength, pixels.Length - start)), random.Next());
    }

    // Each row takes another stretch of the table.
    private void AddRow(Span<byte> row, int from)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = (byte)Math.Clamp(_exposed[row[i]] + Table[(from + i) & (Table.Length - 1)], 0, 255);
    }

    private static sbyte[] MakeTable()
    {
        var random = new Random(0);
        var table = new sbyte[1 << TableBits];
        for (var i = 0; i < table.Length; i++)
            table[i] = (sbyte)Math.Round(Deviation * Normal(random));
        return table;
    }

    // Box and Muller 1958.
    private static float Normal(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());

    private static int HashCode(int seed, int frame) => unchecked((seed * 486187739) ^ ((frame + 1) * (int)2654435761));
}
