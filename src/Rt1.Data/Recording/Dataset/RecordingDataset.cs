using Rt1.Core;

namespace Rt1.Data;

/// <summary>
/// Recorded episodes, seen as a dataset with the features of <see cref="RobotFeatures"/>; each episode's folder is a shard. A step
/// counts when it has an image and the robot applied an action, or the policy ended the episode; the others (no fresh frame, too late, refused) moved
/// nothing that was decided there and are left out. <c>success</c> means that the policy itself ended the episode.
/// </summary>
public sealed class RecordingDataset : IEpisodeDataset
{
    private static readonly StructSpec Layout = RobotFeatures.Episode(null, null);

    private RecordingDataset(string folder, IEnumerable<string> episodes)
    {
        Folder = folder;
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        Splits = [new DatasetSplit("train", [.. episodes.Order(StringComparer.Ordinal).Select(e => new DatasetShard(e, 1))])];
    }

    public string Name { get; }

    public string Folder { get; }

    public string Format => "Rt1 recordings";

    public StructSpec Features => Layout;

    public IReadOnlyList<DatasetSplit> Splits { get; }

    /// <summary>True when the folder is a recorded episode or holds some.</summary>
    public static bool IsAt(string folder) => RecordedEpisode.IsEpisode(folder) || Directory.EnumerateDirectories(folder).Any(RecordedEpisode.IsEpisode);

    public static RecordingDataset Open(string folder) =>
        new(folder, RecordedEpisode.IsEpisode(folder) ? [folder] : Directory.EnumerateDirectories(folder).Where(RecordedEpisode.IsEpisode));

    public IEnumerable<EpisodeRead> Read(DatasetSplit split, int shard, long first = 0, IReadOnlyCollection<string>? fields = null) =>
        first > 0 ? [] : [ReadEpisode(new EpisodeSource(split.Shards[shard].File, shard, 0, null))];

    private static EpisodeRead ReadEpisode(EpisodeSource source)
    {
        try
        {
            return new EpisodeRead(new DatasetEpisode(source, Values(RecordedEpisode.Open(source.File))), null);
        }
        catch (Exception e) when (e is Rt1Exception or IOException or UnauthorizedAccessException)
        {
            return new EpisodeRead(null, source.Fault(e.Message));
        }
    }

    private static StructValue Values(RecordedEpisode episode)
    {
        var outcome = episode.End?.Outcome;
        var success = outcome is EpisodeOutcome.Terminated;
        var steps = episode.Steps.Select(s => (Step: s, Action: ActionOf(s))).Where(s => s.Step.FramePath is not null && s.Action is not null).ToList();
        return new StructValue(
            ("episode_metadata", new StructValue(
                ("policy", new TextValue(episode.Header.Policy)),
                ("robot", new TextValue(episode.Header.Robot.Name)),
                ("embodiment", new TextValue(episode.Header.Robot.Embodiment)),
                ("outcome", new TextValue(outcome?.ToString().ToLowerInvariant() ?? "cut_off")),
                ("rate_hz", TensorValue.Scalar((float)episode.Header.RateHz)))),
            ("success", TensorValue.Scalar(success)),
            (DatasetEpisode.StepsField, new SequenceValue([.. steps.Select((s, i) => RobotFeatures.StepValue(
                File.ReadAllBytes(s.Step.FramePath!), episode.Header.Instruction, s.Step.State, s.Action!,
                isFirst: i == 0, isLast: i == steps.Count - 1, isTerminal: i == steps.Count - 1 && success, success))])));
    }

    private static RobotAction? ActionOf(RecordedStep step) => step.Status == StepStatus.Terminated ? RobotAction.Terminate : step.Applied;
}
