namespace Rt1.Core;

/// <summary>Keeps every step of every episode. Called from the control loop: must return at once, and never lose a step silently.</summary>
public interface IEpisodeRecorder : IDisposable
{
    /// <exception cref="Rt1Exception">The episode cannot be written, e.g. the folder is read-only.</exception>
    void Begin(EpisodeHeader header);

    /// <exception cref="Rt1Exception">An earlier step could not be written, e.g. the disk is full.</exception>
    void Record(EpisodeStep step);

    /// <summary>Writes what is pending and closes the episode; does nothing when none is open.</summary>
    /// <exception cref="Rt1Exception">Something pending could not be written.</exception>
    void End(EpisodeEnd end);
}
