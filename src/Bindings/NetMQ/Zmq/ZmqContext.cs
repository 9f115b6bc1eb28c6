using System.Collections.Concurrent;
using NetMQ;

namespace Rt1.Bindings.Zmq;

/// <summary>The process's one libzmq context: made with the first socket, made anew after <see cref="Terminate"/>.</summary>
internal static class ZmqContext
{
    private static readonly Lock Gate = new();
    private static ConcurrentDictionary<nint, WeakReference<SocketHandle>> _sockets = new();
    private static nint _context;

    /// <summary>Counts the contexts: whoever keeps something that lives in one can tell that it is gone.</summary>
    public static int Generation { get; private set; }

    public static SocketHandle CreateSocket(SocketType type)
    {
        lock (Gate)
        {
            if (_context == 0)
                _context = LibZmq.zmq_ctx_new();
            var socket = LibZmq.zmq_socket(_context, type);
            if (socket == 0)
                throw NetMQException.FromLastError($"{type} socket");
            var handle = new SocketHandle(socket, _sockets);
            _sockets[socket] = new WeakReference<SocketHandle>(handle);
            return handle;
        }
    }

    /// <summary>
    /// Ends the context: calls that wait on its sockets throw <see cref="TerminatingException"/>, and sockets that nobody disposed are
    /// closed, so that this cannot wait for a forgotten one. Waits for lingering messages when <paramref name="block"/> is set.
    /// </summary>
    public static void Terminate(bool block)
    {
        nint context;
        ConcurrentDictionary<nint, WeakReference<SocketHandle>> sockets;
        lock (Gate)
        {
            (context, _context) = (_context, 0);
            Generation++;
            (sockets, _sockets) = (_sockets, new());
        }
        if (context == 0)
            return;
        LibZmq.zmq_ctx_shutdown(context);
        foreach (var socket in sockets.Values)
        {
            if (socket.TryGetTarget(out var handle))
                handle.Dispose();
        }
        if (block)
            Finish(context);
        else
            new Thread(() => Finish(context)) { IsBackground = true, Name = "ZeroMQ termination" }.Start();
    }

    private static void Finish(nint context)
    {
        while (LibZmq.zmq_ctx_term(context) != 0 && NetMQException.LastErrorWasInterrupt) { }
    }
}
