using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// Frames that were recorded: each call gives the next one, stamped with the present, no earlier than it is asked for.
/// The pace is the caller's: nothing is skipped when it is slow.
/// </summary>
public abstract class RecordedFrameSource(TimeProvider time) : IFrameSource
{
    public abstract bool IsExhausted { get; }

    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsExhausted)
            return null;
        var early = notBefore - time.GetElapsedTime(0);
        if (early > TimeSpan.Zero)
        {
            var wait = early < timeout ? early : timeout;
            if (wait > TimeSpan.Zero)
                Task.Delay(wait, time, cancellation).GetAwaiter().GetResult();
            if (early > timeout)
                return null;
        }
        return ReadNext(time.GetElapsedTime(0));
    }

    /// <summary>The next frame; there is one.</summary>
    private protected abstract Frame ReadNext(TimeSpan capturedAt);

    public abstract void Dispose();
}
