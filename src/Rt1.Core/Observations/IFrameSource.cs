namespace Rt1.Core;

/// <summary>Where camera frames come from: a robot's link, a camera, a video file, a folder of images.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>
    /// The newest frame taken at or after <paramref name="notBefore"/> (monotonic clock); waits up to
    /// <paramref name="timeout"/> for it. Null when none came. A recorded source waits for <paramref name="notBefore"/>
    /// and gives its next frame, stamped with the present. The control loop does all its waiting here.
    /// </summary>
    /// <exception cref="Rt1Exception">The source broke: the camera was unplugged, a file does not decode.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Frame? Next(TimeSpan notBefore, TimeSpan timeout, CancellationToken cancellation = default);

    /// <summary>True when no frame will ever come again, as at the end of a video file.</summary>
    bool IsExhausted { get; }
}
