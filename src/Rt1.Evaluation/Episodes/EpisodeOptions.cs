using System.Text.Json.Serialization;
using Rt1.Control;
using Rt1.Simulation;

namespace Rt1.Evaluation;

/// <summary>How episodes are run, the same for all of an evaluation.</summary>
public sealed record EpisodeOptions
{
    /// <summary>Rows of the frames that the policy gets.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>Columns of the frames that the policy gets.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Control steps a second.</summary>
    public double RateHz { get; init; } = 3;

    /// <summary>From a frame's capture to the start of the motion decided on it.</summary>
    [JsonPropertyName("latency_ms")]
    public TimeSpan Latency { get; init; } = DefaultLatency;

    /// <summary>That of the training data.</summary>
    public static TimeSpan DefaultLatency => Trial.Latency;

    /// <summary>The control loop's settings for an episode of at most so many steps.</summary>
    public ControlOptions ToControl(int stepLimit)
    {
        var control = new ControlOptions { RateHz = RateHz, Latency = Latency, MaxSteps = stepLimit };
        return control with { TimeToLive = control.Latency + 2 * control.Period };
    }
}
