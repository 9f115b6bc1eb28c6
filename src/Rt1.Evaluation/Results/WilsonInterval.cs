namespace Rt1.Evaluation;

/// <summary>
/// The interval in which a success rate lies with 95% confidence, by its successes (Wilson 1927): sound for few episodes and rates near 0 or 1.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The normal distribution's 97.5% quantile.</summary>
    private const double Z = 1.959963984540054;

    /// <returns>The lowest and the highest rate; 0 and 1 when nothing was tried.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are more successes than episodes, or fewer than none.</exception>
    public static (double Low, double High) Of(int successes, int episodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, episodes);
        if (episodes == 0)
            return (0, 1);
        var (n, rate) = ((double)episodes, (double)successes / episodes);
        var centre = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n));
        return (successes == 0 ? 0 : centre - half, successes == episodes ? 1 : centre + half);
    }
}
