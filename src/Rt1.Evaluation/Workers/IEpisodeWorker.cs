using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Another process that runs <see cref="WorkerLoop"/>: a line with a job goes in, a line with its result comes out.</summary>
public interface IEpisodeWorker : IDisposable
{
    /// <exception cref="Rt1Exception">The process has ended.</exception>
    void Send(string line);

    /// <summary>The next line; waits for it.</summary>
    /// <exception cref="Rt1Exception">The process has ended; the message says why, where it is known.</exception>
    string Receive();

    /// <summary>Ends its orders; it then ends at once. From any thread, and more than once.</summary>
    void Close();
}
