using Rt1.Core;

namespace Rt1.Data;

/// <summary>More of a dataset is unusable than the configuration allows.</summary>
public sealed class TooManyFaultsException(string dataset, int bad, long episodes, double limit, DataFault last)
    : Rt1Exception(FormattableString.Invariant(
        $"{dataset}: {bad} of {episodes} episodes are unusable, more than max_bad_fraction {limit} allows; ") +
        $"check them with rt1 data verify. The last: {last}")
{
    public DataFault Last { get; } = last;
}

/// <summary>Counts the episodes of a dataset that could not be used, each once.</summary>
internal sealed class Quarantine(string dataset, long episodes, double limit, IEnumerable<string> known)
{
    private readonly HashSet<string> _bad = [.. known];

    /// <summary>The unusable episodes as <c>file#record</c>.</summary>
    public IReadOnlyList<string> Bad => [.. _bad.Order(StringComparer.Ordinal)];

    /// <exception cref="TooManyFaultsException">This one was too many.</exception>
    public void Add(DataFault fault)
    {
        if (_bad.Add($"{Path.GetFileName(fault.File)}#{fault.Record}") && _bad.Count > limit * episodes)
            throw new TooManyFaultsException(dataset, _bad.Count, episodes, limit, fault);
    }
}
