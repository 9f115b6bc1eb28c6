namespace Rt1.Data;

/// <summary>One dimension of a dataset's actions.</summary>
/// <param name="Name">E.g. <c>world_vector.x</c>; metres or radians.</param>
/// <param name="Quantile01">A hundredth of the values lies below it.</param>
/// <param name="Quantile99">A hundredth of the values lies above it.</param>
/// <param name="ClippedFraction">How many values lie outside of the policy's bounds.</param>
public sealed record DimensionStatistics(
    string Name, long Count, double Min, double Max, double Mean, double Quantile01, double Quantile99, double ClippedFraction)
{
    /// <summary>A sample of the values, for plots.</summary>
    public IReadOnlyList<float> Sample { get; init; } = [];
}

/// <summary>Gathers one dimension in bounded memory: quantiles are exact up to <see cref="SampleSize"/> values, then of a random sample.</summary>
internal sealed class DimensionCollector(string name, float low, float high)
{
    public const int SampleSize = 1 << 18;

    private readonly List<float> _sample = [];
    private readonly Random _random = new(1);
    private (float Min, float Max) _range = (float.PositiveInfinity, float.NegativeInfinity);
    private double _sum;
    private long _count;
    private long _clipped;

    public void Add(float value)
    {
        _count++;
        _sum += value;
        _range = (Math.Min(_range.Min, value), Math.Max(_range.Max, value));
        if (value < low || value > high)
            _clipped++;
        if (_sample.Count < SampleSize)
            _sample.Add(value);
        else if (_random.NextInt64(_count) is < SampleSize and var slot)
            _sample[(int)slot] = value;
    }

    public DimensionStatistics ToStatistics()
    {
        if (_count == 0)
            return new DimensionStatistics(name, 0, 0, 0, 0, 0, 0, 0);
        var sorted = _sample.Order().ToArray();
        return new DimensionStatistics(
            name, _count, _range.Min, _range.Max, _sum / _count, Quantile(sorted, 0.01), Quantile(sorted, 0.99), _clipped / (double)_count)
        {
            Sample = sorted,
        };
    }

    /// <summary>Linear between neighbours, as NumPy's default.</summary>
    internal static double Quantile(float[] sorted, double q)
    {
        var at = q * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(at)], sorted[(int)Math.Ceiling(at)]);
        return below + (at - Math.Floor(at)) * (above - below);
    }
}
