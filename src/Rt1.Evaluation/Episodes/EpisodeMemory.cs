using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Keeps an episode in memory, frames included.</summary>
internal sealed class EpisodeMemory : IEpisodeRecorder
{
    private readonly List<EpisodeStep> _steps = [];

    /// <summary>Null when the episode never began.</summary>
    public EpisodeHeader? Header { get; private set; }

    public IReadOnlyList<EpisodeStep> Steps => _steps;

    public void Begin(EpisodeHeader header) => Header = header;

    public void Record(EpisodeStep step) => _steps.Add(step);

    public void End(EpisodeEnd end) { }

    public void Dispose() { }
}
