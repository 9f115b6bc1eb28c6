using System.ComponentModel.DataAnnotations;

namespace Rt1.Training;

/// <summary>Checkpoints of a run.</summary>
public sealed record SavingConfig
{
    /// <summary>Optimizer steps between checkpoints.</summary>
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 1000;

    /// <summary>Newest checkpoints that are kept, beside the best one.</summary>
    [Range(1, 1000)]
    public int KeepLast { get; init; } = 2;
}

/// <summary>What is logged when.</summary>
public sealed record LogConfig
{
    /// <summary>Optimizer steps between lines of the log.</summary>
    [Range(1, 1_000_000)]
    public int EverySteps { get; init; } = 50;

    /// <summary>Optimizer steps between pictures of attention maps; 0 for none.</summary>
    [Range(0, 1_000_000_000)]
    public int ImagesEverySteps { get; init; } = 1000;
}

/// <summary>Evaluation while training.</summary>
public sealed record EvaluationConfig
{
    /// <summary>Optimizer steps between evaluations; 0 for none.</summary>
    [Range(0, 1_000_000_000)]
    public long EverySteps { get; init; }

    /// <summary>Suites of <c>configs/evaluation</c>, by name or file, with commas between them.</summary>
    public string Suites { get; init; } = "seen";

    /// <summary>Episodes of each suite.</summary>
    [Range(1, 100_000)]
    public int Episodes { get; init; } = 20;
}
