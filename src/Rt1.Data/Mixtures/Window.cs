namespace Rt1.Data;

/// <summary>Which sample something is: the same on every run and machine.</summary>
/// <param name="Dataset">Its name in the mixture.</param>
/// <param name="Record">The episode's number in its shard.</param>
/// <param name="Start">The episode's step at the window's first place.</param>
public readonly record struct SampleId(string Dataset, int Shard, long Record, int Start)
{
    public override string ToString() => $"{Dataset}/{Shard}/{Record}/{Start}";
}

/// <summary>Consecutive steps of an episode; an episode shorter than the window fills its beginning.</summary>
internal readonly record struct Window(AlignedEpisode Episode, int Start, int Length)
{
    /// <summary>The step at a place; null behind the episode's end, which is padding.</summary>
    public AlignedStep? this[int place] => Start + place < Episode.Steps.Count ? Episode.Steps[Start + place] : null;

    /// <summary>
    /// All windows of an episode. Starts run from −(length − 1) to the last step and are clamped into the episode, so that its first and
    /// last steps are drawn about as often as the others: none less than half, none more than twice as often as the mean.
    /// </summary>
    public static IEnumerable<Window> Of(AlignedEpisode episode, int length)
    {
        var lastStart = Math.Max(0, episode.Steps.Count - length);
        for (var start = -(length - 1); start < episode.Steps.Count; start++)
            yield return new Window(episode, Math.Clamp(start, 0, lastStart), length);
    }
}
