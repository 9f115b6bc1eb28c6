using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenCvSharp;

/// <summary>An owned native object; a call in progress keeps it alive, and a call after disposal throws <see cref="ObjectDisposedException"/>.</summary>
internal abstract class NativeHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected abstract void Delete(nint pointer);

    protected override bool ReleaseHandle()
    {
        Delete(handle);
        return true;
    }
}

internal sealed class MatHandle : NativeHandle
{
    private GCHandle _pinned;

    /// <summary>Keeps the managed array that the matrix lies over in place until the matrix is gone.</summary>
    internal void Own(GCHandle pinned) => _pinned = pinned;

    protected override void Delete(nint pointer)
    {
        Native.rt1cv_mat_delete(pointer);
        if (_pinned.IsAllocated)
            _pinned.Free();
    }
}

internal sealed class BufferHandle : NativeHandle
{
    protected override void Delete(nint pointer) => Native.rt1cv_buffer_delete(pointer);
}

internal sealed class CaptureHandle : NativeHandle
{
    protected override void Delete(nint pointer) => Native.rt1cv_capture_delete(pointer);
}

internal sealed class WriterHandle : NativeHandle
{
    protected override void Delete(nint pointer) => Native.rt1cv_writer_delete(pointer);
}
