namespace OpenCvSharp;

/// <summary>An object whose substance is native.</summary>
public abstract class DisposableObject : IDisposable
{
    private protected DisposableObject() { }

    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        DisposeUnmanaged();
        GC.SuppressFinalize(this);
    }

    protected abstract void DisposeUnmanaged();
}

/// <summary>A C++ object of OpenCV. One that is not disposed is freed by its handle's finalizer.</summary>
public abstract class CvObject : DisposableObject
{
    private protected abstract NativeHandle NativeHandle { get; }

    /// <summary>The C++ object's address.</summary>
    public nint CvPtr => NativeHandle.DangerousGetHandle();

    protected override void DisposeUnmanaged() => NativeHandle.Dispose();
}
