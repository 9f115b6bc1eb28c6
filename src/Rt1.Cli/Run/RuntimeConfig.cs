using System.ComponentModel.DataAnnotations;
using Rt1.Configuration;
using Rt1.Control;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Cli.Run;

/// <summary>All that <c>rt1 run</c> needs: <c>configs/runtime/*.yaml</c>.</summary>
internal sealed record RuntimeConfig
{
    public required PolicySource Policy { get; init; }

    public required RobotConfig Robot { get; init; }

    public CameraConfig Camera { get; init; } = new();

    public ControlOptions Control { get; init; } = new();

    public RecordingConfig Recording { get; init; } = new();
}

/// <summary>Where episodes are kept.</summary>
internal sealed record RecordingConfig
{
    /// <summary>Each episode becomes a folder in this one; null records nothing.</summary>
    public FilePath? Folder { get; init; }

    /// <summary>Quality of JPEGs that the recorder encodes; a frame that came as JPEG is stored as it came.</summary>
    [Range(1, 100)]
    public int JpegQuality { get; init; } = 95;

    /// <param name="config">The whole configuration, which is kept beside every episode.</param>
    public IEpisodeRecorder Open(RuntimeConfig config) => Folder is { } folder
        ? new EpisodeRecorder(new RecorderOptions { Folder = folder, JpegQuality = JpegQuality }, TimeProvider.System, Config.ToYaml(config))
        : new NoRecorder();
}
