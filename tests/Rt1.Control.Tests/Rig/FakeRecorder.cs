using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>Keeps everything in memory.</summary>
internal sealed class FakeRecorder(Rig rig) : IEpisodeRecorder
{
    public List<EpisodeHeader> Headers { get; } = [];

    public List<EpisodeStep> Steps { get; } = [];

    public List<EpisodeEnd> Ends { get; } = [];

    public Action OnBegin { get; set; } = () => { };

    public Action<EpisodeStep> OnRecord { get; set; } = _ => { };

    public Action OnEnd { get; set; } = () => { };

    public void Begin(EpisodeHeader header)
    {
        rig.Log.Add("begin");
        OnBegin();
        Headers.Add(header);
    }

    public void Record(EpisodeStep step)
    {
        rig.Log.Add("record");
        OnRecord(step);
        Steps.Add(step);
    }

    public void End(EpisodeEnd end)
    {
        rig.Log.Add("end");
        OnEnd();
        Ends.Add(end);
    }

    public void Dispose() { }
}
