using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Rt1.Simulation;

/// <summary>A dataset to be made by experts: <c>configs/generation/*.yaml</c>. The same settings, the same bytes.</summary>
public sealed record GenerationConfig
{
    /// <summary>The dataset's name, which starts its files' names.</summary>
    [RegularExpression("[a-z][a-z0-9_]*", ErrorMessage = "must be lower-case letters, digits and underscores.")]
    public string Name { get; init; } = "sim";

    /// <summary>How many episodes are kept.</summary>
    [Range(1, 10_000_000)]
    public int Episodes { get; init; } = 100;

    public int Seed { get; init; }

    /// <summary>Of one file; what a killed run has to make again.</summary>
    [Range(1, 10_000)]
    public int EpisodesPerShard { get; init; } = 25;

    /// <summary>Pixels.</summary>
    [Range(16, 2048)]
    public int ImageHeight { get; init; } = 256;

    /// <summary>Pixels.</summary>
    [Range(16, 2048)]
    public int ImageWidth { get; init; } = 320;

    [Range(90, 100)]
    public int JpegQuality { get; init; } = 95;

    /// <summary>Steps a second.</summary>
    [Range(0, 20, MinimumIsExclusive = true)]
    public double RateHz { get; init; } = 3;

    /// <summary>From a frame's capture to the start of the motion decided on it; what the policy will run with.</summary>
    [Range(0, 2_000)]
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Trials of one episode before the run gives up: an expert that never succeeds is broken.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; init; } = 25;

    public NoiseConfig Noise { get; init; } = new();

    /// <summary>Which tasks, where, and with what objects.</summary>
    public required SuiteConfig Suite { get; init; }

    /// <summary>From one step to the next.</summary>
    internal TimeSpan Period => TimeSpan.FromSeconds(1 / RateHz);

    internal int ShardCount => (Episodes + EpisodesPerShard - 1) / EpisodesPerShard;
}

/// <summary>How experts are disturbed while data is made; see <see cref="ActionNoise"/>. Labels stay as the expert meant them.</summary>
public sealed record NoiseConfig
{
    public bool Enabled { get; init; } = true;

    /// <summary>Standard deviation of the gripper's motion in x and y, metres.</summary>
    [Range(0, 0.2)]
    public double Horizontal { get; init; } = 0.01;

    /// <summary>Standard deviation of the gripper's motion in z, metres.</summary>
    [Range(0, 0.2)]
    public double Vertical { get; init; } = 0.007;

    /// <summary>Standard deviation of the gripper's yaw, radians.</summary>
    [Range(0, 1)]
    public double Yaw { get; init; } = 0.08;

    /// <summary>How often the gripper is knocked aside.</summary>
    [Range(0, 1)]
    public double KickProbability { get; init; } = 0.05;

    /// <summary>The longest such kick in each dimension, metres.</summary>
    [Range(0, 0.2)]
    public double Kick { get; init; } = 0.05;

    /// <summary>How often the gripper does the opposite of what it is told.</summary>
    [Range(0, 1)]
    public double FlipProbability { get; init; } = 0.02;

    /// <summary>Standard deviation of the base's displacement, metres.</summary>
    [Range(0, 0.2)]
    public double BaseTranslation { get; init; } = 0.015;

    /// <summary>Standard deviation of the base's turn, radians.</summary>
    [Range(0, 1)]
    public double BaseTurn { get; init; } = 0.03;

    /// <summary>Null where it is switched off.</summary>
    public ActionNoise? Create(int seed) => Enabled
        ? new ActionNoise(seed)
        {
            Translation = new Vector3((float)Horizontal, (float)Horizontal, (float)Vertical),
            Yaw = (float)Yaw,
            KickProbability = KickProbability,
            Kick = (float)Kick,
            FlipProbability = FlipProbability,
            BaseTranslation = (float)BaseTranslation,
            BaseTurn = (float)BaseTurn,
        }
        : null;
}
