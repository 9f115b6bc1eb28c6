using Rt1.Core;

namespace Rt1.Training;

/// <summary>Another worker ended, or can no longer be reached.</summary>
public sealed class WorkerLostException(int rank, int size, string reason, Exception inner) : Rt1Exception(
    $"worker {rank} of {size}: another worker was lost ({reason}); see what it printed, then start the run again to resume from its last checkpoint.", inner)
{
    /// <summary>The exit code of a worker that ends because another one did: it is not to blame.</summary>
    public const int ExitCode = 3;
}
