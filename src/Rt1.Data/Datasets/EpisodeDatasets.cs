using Rt1.Core;

namespace Rt1.Data;

/// <summary>Opens datasets of any supported format by their folder.</summary>
public static class EpisodeDatasets
{
    /// <param name="path">
    /// A dataset's folder, or one above it that holds several versions of it, as TFDS lays them out: the newest version is taken.
    /// </param>
    /// <exception cref="Rt1Exception">There is no dataset, or it is not one that can be read.</exception>
    public static IEpisodeDataset Open(string path)
    {
        if (!Directory.Exists(path))
            throw new Rt1Exception($"{path}: no such dataset folder.");
        return TryOpen(path) ?? TryOpenNewest(path) ?? throw new Rt1Exception(
            $"{path}: holds no dataset; expected {RldsDataset.FeaturesFile} (RLDS, here or in a folder named by its version), " +
            $"{LeRobotInfo.FileName} (LeRobot), or recorded episodes.");
    }

    private static IEpisodeDataset? TryOpen(string folder) => RldsDataset.IsAt(folder) ? RldsDataset.Open(folder)
        : LeRobotDataset.IsAt(folder) ? LeRobotDataset.Open(folder)
        : RecordingDataset.IsAt(folder) ? RecordingDataset.Open(folder)
        : null;

    private static IEpisodeDataset? TryOpenNewest(string folder) => Directory.EnumerateDirectories(folder)
        .Select(child => (child, IsVersion: Version.TryParse(Path.GetFileName(child), out var version), version))
        .Where(c => c.IsVersion)
        .OrderByDescending(c => c.version)
        .Select(c => TryOpen(c.child))
        .FirstOrDefault(dataset => dataset is not null);
}
