namespace OneDnn.Tests;

public sealed class AttentionTests
{
    private readonly Random _random = new(2);

    [Fact]
    public void Run_WithInterleavedRowsAndMask_EqualsPlainLoops()
    {
        const int Queries = 5, Rows = 7, Heads = 3, Width = 8, Row = Heads * Width;
        var (query, keyValue) = (Noise(Queries * Row), Noise(Rows * 2 * Row));
        var mask = Enumerable.Range(0, Queries * Rows).Select(i => i % Rows > i / Rows + 2 ? -1e9f : 0).ToArray();
        using var attention = new Attention(Queries, Rows, Heads, Width, Row, 2 * Row, mask);
        var output = new float[Queries * Row];

        attention.Run(query, keyValue, keyValue.AsSpan(Row), output);

        for (var q = 0; q < Queries; q++)
        {
            for (var h = 0; h < Heads; h++)
            {
                var scores = Enumerable.Range(0, Rows).Select(r => mask[q * Rows + r] + Enumerable.Range(0, Width)
                    .Sum(i => (double)query[q * Row + h * Width + i] * keyValue[r * 2 * Row + h * Width + i]) / Math.Sqrt(Width)).ToArray();
                var weights = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = 0; i < Width; i++)
                {
                    var expected = weights.Select((w, r) => w / weights.Sum() * keyValue[r * 2 * Row + Row + h * Width + i]).Sum();
                    Assert.Equal(expected, output[q * Row + h * Width + i], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void LayerNorm_OfRows_HasScaleAndShiftAsStatistics()
    {
        var norm = new LayerNorm(0, [.. Enumerable.Repeat(2f, 32)], [.. Enumerable.Repeat(3f, 32)]);
        var rows = Noise(4 * 32);

        norm.Run(rows, rows);

        foreach (var row in rows.Chunk(32))
        {
            Assert.Equal(3, row.Average(), 1e-4);
            Assert.Equal(2, Math.Sqrt(row.Average(x => (x - 3) * (x - 3))), 1e-4);
        }
    }

    [Fact]
    public void Create_RowsCloserThanTheirLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Attention(2, 2, heads: 2, width: 4, queryStride: 7, keyValueStride: 16, new float[4]));
        Assert.Throws<ArgumentException>(() => new Attention(2, 2, heads: 2, width: 4, queryStride: 8, keyValueStride: 7, new float[4]));
    }

    [Fact]
    public void Channels_MapOfNoWholeNumberOfPositions_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Channels.Means(new float[7], new float[2]));
        Assert.Throws<ArgumentException>(() => Channels.Gate(new float[8], []));
    }

    private float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_random.NextDouble() * 2 - 1))];
}
