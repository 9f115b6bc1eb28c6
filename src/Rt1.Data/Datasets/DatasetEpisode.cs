namespace Rt1.Data;

/// <summary>An episode as a dataset stores it.</summary>
/// <param name="Values">All its values; the field <c>steps</c> is a sequence of structs.</param>
public sealed record DatasetEpisode(EpisodeSource Source, StructValue Values)
{
    /// <summary>The name of the steps among an episode's values.</summary>
    public const string StepsField = "steps";

    /// <summary>The steps in order; empty when the dataset has none.</summary>
    public IReadOnlyList<StructValue> Steps { get; } =
        Values.TryFind(StepsField, out var steps) && steps is SequenceValue { Items: var items } ? [.. items.OfType<StructValue>()] : [];
}

/// <summary>An episode, or why it cannot be used: one of the two is null.</summary>
public readonly record struct EpisodeRead(DatasetEpisode? Episode, DataFault? Fault)
{
    /// <exception cref="DataFaultException">There is a fault.</exception>
    public DatasetEpisode OrThrow() => Episode ?? throw new DataFaultException(Fault!);
}
