using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Reads everything in a dataset and names all that training could not use. The counts grow while it runs.</summary>
public sealed class DatasetVerifier(IEpisodeDataset dataset)
{
    public long EpisodeCount { get; private set; }

    public long StepCount { get; private set; }

    public long ImageCount { get; private set; }

    /// <summary>The faults of a split in the order of its files, found as the caller enumerates.</summary>
    public IEnumerable<DataFault> Verify(DatasetSplit split)
    {
        foreach (var read in dataset.Read(split))
        {
            if (read.Fault is { } unreadable)
            {
                yield return unreadable;
                continue;
            }
            EpisodeCount++;
            StepCount += read.Episode!.Steps.Count;
            foreach (var reason in Check(read.Episode))
                yield return read.Episode.Source.Fault(reason);
        }
    }

    private IEnumerable<string> Check(DatasetEpisode episode)
    {
        if (episode.Steps.Count == 0)
            yield return "the episode has no steps.";
        foreach (var (path, value) in episode.Values.Leaves())
        {
            if (value is ImageValue image && Decode(image) is { } problem)
                yield return problem;
            if (value is TensorValue tensor && IsAction(path) && tensor.FirstNonFinite() is { } at)
                yield return $"'{path}' holds {tensor[at]} at position {at}; actions must be finite.";
        }
    }

    private string? Decode(ImageValue image)
    {
        ImageCount++;
        try
        {
            image.Decode();
            return null;
        }
        catch (ImageFormatException e)
        {
            return e.Message;
        }
    }

    private static bool IsAction(string path) => path.Split('/').Any(part => part.StartsWith("action", StringComparison.Ordinal));
}
