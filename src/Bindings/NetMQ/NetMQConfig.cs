using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>Settings of the whole process.</summary>
public static class NetMQConfig
{
    /// <summary>How long a closed socket keeps trying to send what is pending; the default of every new socket. Zero unless set.</summary>
    public static TimeSpan Linger { get; set; }

    /// <summary>
    /// Ends the library: waiting calls throw <see cref="TerminatingException"/>, sockets that nobody disposed are closed.
    /// With <paramref name="block"/> it waits until lingering messages are sent. A socket made afterwards starts it anew.
    /// </summary>
    public static void Cleanup(bool block = true) => ZmqContext.Terminate(block);
}
