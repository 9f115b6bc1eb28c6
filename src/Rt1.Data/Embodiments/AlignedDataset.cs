using Rt1.Configuration;

namespace Rt1.Data;

/// <summary>A dataset with its configuration: episodes in the policy's terms.</summary>
public sealed class AlignedDataset
{
    private AlignedDataset(DatasetConfig config, IEpisodeDataset dataset, DatasetSplit split) =>
        (Config, Dataset, Split, Aligner) = (config, dataset, split, new EpisodeAligner(config));

    public DatasetConfig Config { get; }

    public IEpisodeDataset Dataset { get; }

    public DatasetSplit Split { get; }

    public EpisodeAligner Aligner { get; }

    /// <exception cref="Core.Rt1Exception">The dataset is missing, cannot be read, or lacks a feature that the configuration names.</exception>
    public static AlignedDataset Open(DatasetConfig config)
    {
        var dataset = EpisodeDatasets.Open(config.Path);
        var aligned = new AlignedDataset(config, dataset, dataset.Split(config.Split));
        var known = Paths(dataset.Features, "").ToHashSet();
        if (aligned.Aligner.Fields.FirstOrDefault(f => !known.Contains(f)) is { } unknown)
        {
            var nearest = Core.Similarity.Nearest(unknown, known, 3);
            throw new Core.Rt1Exception(
                $"{dataset.Folder}: the dataset has no '{unknown}', which its configuration names; nearest are {string.Join(", ", nearest)}.");
        }
        return aligned;
    }

    /// <summary>Loads the configuration, then opens.</summary>
    /// <inheritdoc cref="Open(DatasetConfig)"/>
    public static AlignedDataset Open(string configFile, IEnumerable<string>? overrides = null) =>
        Open(Configuration.Config.Load<DatasetConfig>(configFile, overrides));

    /// <summary>All episodes of the split in the order of its files.</summary>
    public IEnumerable<AlignedRead> Read() => Dataset.Read(Split, Aligner.Fields).Select(Aligner.Align);

    /// <summary>All instructions of the split, each once; nothing else of the episodes is read.</summary>
    public IReadOnlyCollection<string> Instructions() => Config.RelabelledInstruction is { } one ? [one]
        : Dataset.Read(Split, Aligner.InstructionFields).Select(Aligner.InstructionOf).OfType<string>().ToHashSet();

    private static IEnumerable<string> Paths(FeatureSpec spec, string path) => spec switch
    {
        StructSpec s => s.Fields.SelectMany(f => Paths(f.Value, path.Length == 0 ? f.Key : $"{path}/{f.Key}")),
        SequenceSpec q => Paths(q.Element, path),
        _ => [path],
    };
}
