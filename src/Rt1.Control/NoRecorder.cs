using Rt1.Core;

namespace Rt1.Control;

/// <summary>The recorder of a run that is not recorded.</summary>
public sealed class NoRecorder : IEpisodeRecorder
{
    public void Begin(EpisodeHeader header) { }

    public void Record(EpisodeStep step) { }

    public void End(EpisodeEnd end) { }

    public void Dispose() { }
}
