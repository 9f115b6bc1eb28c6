using Rt1.Core;

namespace Rt1.Vision;

/// <summary>Where a camera's thread leaves its newest frame, and the control loop finds it. Safe for both at once.</summary>
internal sealed class NewestFrame(TimeProvider time)
{
    private readonly object _gate = new();
    private Frame? _frame;
    private Rt1Exception? _fault;

    public void Put(Frame frame)
    {
        lock (_gate)
        {
            _frame = frame;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No frame will come again; whoever waits gets the reason.</summary>
    public void Fail(Rt1Exception fault)
    {
        lock (_gate)
        {
            _fault = fault;
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc cref="IFrameSource.Next"/>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled while waiting.</exception>
    public Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var wake = either.Token.Register(Wake);
        lock (_gate)
        {
            while (true)
            {
                if (_frame is { } frame && frame.CapturedAt >= notBefore)
                    return frame;
                if (_fault is not null)
                    throw _fault;
                cancellation.ThrowIfCancellationRequested();
                if (deadline.IsCancellationRequested)
                    return null;
                Monitor.Wait(_gate);
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
