using Rt1.Core;

namespace Rt1.Data;

/// <summary>What a dataset's episodes are like in the policy's terms.</summary>
public sealed record DatasetStatistics
{
    public required string Dataset { get; init; }

    public required long EpisodeCount { get; init; }

    /// <summary>Episodes that a filter of the configuration left out.</summary>
    public required long FilteredCount { get; init; }

    public required IReadOnlyList<DataFault> Faults { get; init; }

    public required long StepCount { get; init; }

    /// <summary>Steps of each episode.</summary>
    public required IReadOnlyList<int> EpisodeLengths { get; init; }

    /// <summary>Episodes of each instruction, the most frequent first.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Instructions { get; init; }

    /// <summary>Steps of each mode.</summary>
    public required IReadOnlyDictionary<ControlMode, long> Modes { get; init; }

    public required IReadOnlyList<DimensionStatistics> Dimensions { get; init; }

    /// <summary>Reads a dataset once.</summary>
    /// <param name="space">The policy's bounds, for the fraction that is clipped.</param>
    public static DatasetStatistics Of(AlignedDataset dataset, ActionSpace space)
    {
        var dimensions = RobotAction.Terminate.Values().Select(v => v.Name).ToArray();
        var collectors = dimensions.Select(name => Collector(name, space)).ToArray();
        var lengths = new List<int>();
        var faults = new List<DataFault>();
        var instructions = new Dictionary<string, int>();
        var modes = Enum.GetValues<ControlMode>().ToDictionary(m => m, _ => 0L);
        var filtered = 0L;
        foreach (var read in dataset.Read())
        {
            if (read.Fault is { } fault)
                faults.Add(fault);
            if (read.IsFiltered)
                filtered++;
            if (read.Episode is not { } episode)
                continue;
            lengths.Add(episode.Steps.Count);
            instructions[episode.Instruction] = instructions.GetValueOrDefault(episode.Instruction) + 1;
            foreach (var step in episode.Steps)
            {
                modes[step.Action.Mode]++;
                foreach (var (i, (_, value)) in step.Action.Values().Index())
                    collectors[i].Add(value);
            }
        }
        return new DatasetStatistics
        {
            Dataset = dataset.Dataset.Name,
            EpisodeCount = lengths.Count,
            FilteredCount = filtered,
            Faults = faults,
            StepCount = lengths.Sum(l => (long)l),
            EpisodeLengths = lengths,
            Instructions = [.. instructions.OrderByDescending(i => i.Value).ThenBy(i => i.Key, StringComparer.Ordinal)],
            Modes = modes,
            Dimensions = [.. collectors.Select(c => c.ToStatistics())],
        };
    }

    private static DimensionCollector Collector(string name, ActionSpace space)
    {
        var field = space.Fields.First(f => f.Name == name.Split('.')[0]);
        return new DimensionCollector(name, field.Low, field.High);
    }
}
