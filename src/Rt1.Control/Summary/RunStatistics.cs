using Rt1.Core;

namespace Rt1.Control;

/// <summary>Adds up the steps of a run. Not thread-safe: fed from the control loop's thread.</summary>
public sealed class RunStatistics
{
    private readonly List<TimeSpan> _latencies = [];
    private readonly List<TimeSpan> _decisions = [];
    private readonly int[] _statuses = new int[Enum.GetValues<StepStatus>().Length];
    private readonly int[] _modes = new int[Enum.GetValues<ControlMode>().Length + 1];
    private int _episodes, _sent, _acknowledged, _skipped;
    private string? _instruction;
    private EpisodeEnd _end = new(EpisodeOutcome.Interrupted);

    public void Add(EpisodeStep step)
    {
        _statuses[(int)step.Status]++;
        _skipped += step.Skipped;
        _sent += step.Command is null ? 0 : 1;
        _acknowledged += step.Reply is null or ReplyStatus.TimedOut ? 0 : 1;
        if (step.Decision is not { } decision)
            return;
        _modes[Math.Min((uint)decision.Action.Mode, _modes.Length - 1)]++;
        _latencies.Add(step.Timing.Latency);
        _decisions.Add(step.Timing.Decide);
    }

    public void End(string instruction, EpisodeEnd end)
    {
        _episodes++;
        _instruction = instruction;
        _end = end;
    }

    /// <summary>The run so far.</summary>
    public RunSummary Summarize() => new()
    {
        Instruction = _instruction,
        Episodes = _episodes,
        Steps = _statuses.Sum(),
        CommandsSent = _sent,
        CommandsAcknowledged = _acknowledged,
        Modes = new(_modes[0], _modes[1], _modes[2], _modes[3]),
        Latency = Percentiles.Of(_latencies),
        Decide = Percentiles.Of(_decisions),
        MissedDeadlines = _statuses[(int)StepStatus.Overrun] + _skipped,
        StaleObservations = _statuses[(int)StepStatus.StaleObservation],
        Clamped = _statuses[(int)StepStatus.Clamped],
        Refused = _statuses[(int)StepStatus.Refused],
        Outcome = _end.Outcome,
        Reason = _end.Reason,
    };
}
