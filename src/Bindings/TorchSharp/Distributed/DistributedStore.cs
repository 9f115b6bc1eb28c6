namespace Rt1.Bindings.Torch;

/// <summary>Where the processes of a group find each other (<c>c10d::Store</c>). It must live until the group is built.</summary>
public sealed class DistributedStore : IDisposable
{
    private readonly TimeSpan _timeout;
    private nint _handle;

    private DistributedStore(nint handle, TimeSpan timeout) => (_handle, _timeout) = (Native.Check(handle), timeout);

    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(DistributedStore));

    /// <summary>A TCP server in one of the processes, which all of them ask; its port is open on all of that machine's interfaces.</summary>
    /// <param name="isServer">Whether this process runs the server. It waits until all have come.</param>
    /// <param name="timeout">How long anything may wait.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The server does not answer in time, or its port is taken.</exception>
    public static DistributedStore Tcp(string host, int port, int workers, bool isServer, TimeSpan timeout) =>
        new(Native.rt1_store_tcp(host, port, workers, Native.AsByte(isServer), Milliseconds(timeout)), timeout);

    /// <summary>A file that all processes can reach; nothing listens. It must not exist from an earlier group.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The file cannot be written.</exception>
    public static DistributedStore File(string path, int workers, TimeSpan timeout) =>
        new(Native.rt1_store_file(path, workers, Milliseconds(timeout)), timeout);

    /// <summary>The part of this store whose keys begin with a prefix; it does not need this object any longer.</summary>
    public DistributedStore Prefix(string prefix)
    {
        var part = new DistributedStore(Native.rt1_store_prefix(Handle, prefix, Milliseconds(_timeout)), _timeout);
        GC.KeepAlive(this);
        return part;
    }

    public void Dispose()
    {
        if (_handle != 0)
            Native.rt1_store_free(_handle);
        _handle = 0;
    }

    internal static long Milliseconds(TimeSpan timeout) => (long)timeout.TotalMilliseconds;
}
