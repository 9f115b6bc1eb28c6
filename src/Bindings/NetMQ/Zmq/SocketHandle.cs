using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Rt1.Bindings.Zmq;

/// <summary>
/// A libzmq socket. Closing it while another thread is inside a call (a poll, a blocking receive) takes effect when that call returns,
/// so no native call ever sees a closed socket.
/// </summary>
internal sealed class SocketHandle : SafeHandle
{
    private readonly ConcurrentDictionary<nint, WeakReference<SocketHandle>> _siblings;

    public SocketHandle(nint socket, ConcurrentDictionary<nint, WeakReference<SocketHandle>> siblings) : base(0, ownsHandle: true)
    {
        _siblings = siblings;
        SetHandle(socket);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _siblings.TryRemove(handle, out _);
        return LibZmq.zmq_close(handle) == 0;
    }
}
