using Rt1.Core;

namespace Rt1.Control;

/// <summary>What a run did, over all of its episodes.</summary>
public sealed record RunSummary
{
    /// <summary>The last episode's; null when there was none.</summary>
    public string? Instruction { get; init; }

    public int Episodes { get; init; }

    /// <summary>Control steps, whatever became of them.</summary>
    public int Steps { get; init; }

    public int CommandsSent { get; init; }

    /// <summary>Commands that the robot answered, whether it accepted, clamped or refused them.</summary>
    public int CommandsAcknowledged { get; init; }

    /// <summary>What the policy chose, before any check.</summary>
    public ModeCounts Modes { get; init; } = new();

    /// <summary>From a frame's capture to the sending, or discarding, of what was decided on it; null when nothing was.</summary>
    public Percentiles? Latency { get; init; }

    /// <summary>Duration of the policy's decision; null when nothing was decided.</summary>
    public Percentiles? Decide { get; init; }

    /// <summary>Decisions that came too late and were discarded, and due times passed over meanwhile.</summary>
    public int MissedDeadlines { get; init; }

    /// <summary>Steps for which no frame came in time.</summary>
    public int StaleObservations { get; init; }

    /// <summary>Steps whose action was shortened, here or by the robot.</summary>
    public int Clamped { get; init; }

    /// <summary>Steps whose action was refused, here or by the robot.</summary>
    public int Refused { get; init; }

    /// <summary>How the last episode ended; interrupted when there was none.</summary>
    public EpisodeOutcome Outcome { get; init; } = EpisodeOutcome.Interrupted;

    /// <summary>Why it ended so, where there is more to say.</summary>
    public string? Reason { get; init; }
}

/// <summary>How often each mode was chosen; <paramref name="Unknown"/> counts tokens beyond the three.</summary>
public sealed record ModeCounts(int Terminate = 0, int Arm = 0, int Base = 0, int Unknown = 0);
