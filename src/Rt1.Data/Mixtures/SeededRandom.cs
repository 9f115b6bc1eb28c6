namespace Rt1.Data;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every runtime and for ever, from a seed and what the numbers are for.
/// </summary>
public struct SeededRandom
{
    private ulong _state;

    /// <param name="purpose">Tells series of numbers of one seed apart.</param>
    public SeededRandom(long seed, params ReadOnlySpan<long> purpose)
    {
        _state = (ulong)seed;
        foreach (var part in purpose)
            _state = Next() ^ (ulong)part;
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to, and without, <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Puts the items in random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
