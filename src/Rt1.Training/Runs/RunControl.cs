using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Lets all workers stop at the same step: worker 0 decides.</summary>
internal sealed class RunControl(IWorkerGroup workers, Device device)
{
    /// <summary>Whether the run came to its end.</summary>
    public bool IsFinished { get; private set; }

    /// <param name="progress">How much of the run lies behind; worker 0's counts.</param>
    /// <param name="stop">Worker 0's counts.</param>
    /// <returns>The progress for all; null to stop.</returns>
    public double? GoesOn(double progress, CancellationToken stop)
    {
        var stopped = stop.IsCancellationRequested;
        if (workers.Size > 1)
        {
            using var scope = NewDisposeScope();
            var shared = tensor([progress, stopped ? 1 : 0]).to(device);
            workers.Broadcast(shared, 0);
            var values = shared.cpu().data<double>().ToArray();
            (progress, stopped) = (values[0], values[1] != 0);
        }
        IsFinished = progress >= 1;
        return IsFinished || stopped ? null : progress;
    }
}

/// <summary>Time in training, evaluation left out, with that of the runs that this one resumes.</summary>
internal sealed class RunClock(TimeProvider time, TimeSpan before)
{
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _paused;

    public TimeSpan Elapsed => before + time.GetElapsedTime(_start) - _paused;

    /// <summary>Does something whose time does not count.</summary>
    public void Pause(Action work)
    {
        var start = time.GetTimestamp();
        work();
        _paused += time.GetElapsedTime(start);
    }
}
