using System.Text;

namespace NetMQ;

/// <summary>Ways to send. Without a timeout, Send waits until it can and TrySend does not wait.</summary>
public static class OutgoingSocketExtensions
{
    public static void Send(this IOutgoingSocket socket, ref Msg msg, bool more)
    {
        while (!socket.TrySend(ref msg, Timeout.InfiniteTimeSpan, more)) { }
    }

    public static void SendFrame(this IOutgoingSocket socket, byte[] data, bool more = false) => socket.SendFrame(data, data.Length, more);

    public static void SendFrame(this IOutgoingSocket socket, byte[] data, int length, bool more = false) =>
        socket.TrySendFrame(Timeout.InfiniteTimeSpan, data, length, more);

    /// <summary>Sends text as UTF-8.</summary>
    public static void SendFrame(this IOutgoingSocket socket, string message, bool more = false) =>
        socket.SendFrame(Encoding.UTF8.GetBytes(message), more);

    public static void SendFrameEmpty(this IOutgoingSocket socket, bool more = false) => socket.SendFrame([], more);

    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, byte[] data)
    {
        socket.SendFrame(data, true);
        return socket;
    }

    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, string message)
    {
        socket.SendFrame(message, true);
        return socket;
    }

    public static IOutgoingSocket SendMoreFrameEmpty(this IOutgoingSocket socket) => socket.SendMoreFrame([]);

    public static bool TrySendFrame(this IOutgoingSocket socket, byte[] data, bool more = false) =>
        socket.TrySendFrame(TimeSpan.Zero, data, more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, bool more = false) =>
        socket.TrySendFrame(timeout, data, data.Length, more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, int length, bool more = false)
    {
        var msg = new Msg();
        msg.InitGC(data, length);
        var sent = socket.TrySend(ref msg, timeout, more);
        msg.Close();
        return sent;
    }

    public static bool TrySendFrame(this IOutgoingSocket socket, string message, bool more = false) =>
        socket.TrySendFrame(TimeSpan.Zero, message, more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, string message, bool more = false) =>
        socket.TrySendFrame(timeout, Encoding.UTF8.GetBytes(message), more);

    public static void SendMultipartMessage(this IOutgoingSocket socket, NetMQMessage message) =>
        socket.TrySendMultipartMessage(Timeout.InfiniteTimeSpan, message);

    /// <summary>Sends all frames or, when the first could not be sent at once, none.</summary>
    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, NetMQMessage message) =>
        socket.TrySendMultipartMessage(TimeSpan.Zero, message);

    /// <summary>Sends all frames or, when the first could not be sent in time, none.</summary>
    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, TimeSpan timeout, NetMQMessage message)
    {
        if (message.FrameCount == 0)
            throw new ArgumentException("message is empty", nameof(message));
        for (var i = 0; i < message.FrameCount; i++)
        {
            // After the first frame the rest is queued with it.
            var wait = i == 0 ? timeout : Timeout.InfiniteTimeSpan;
            if (!socket.TrySendFrame(wait, message[i].Buffer, message[i].MessageSize, i < message.FrameCount - 1))
                return false;
        }
        return true;
    }

    public static void SendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames) =>
        socket.SendMultipartMessage(new NetMQMessage(frames));

    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames) =>
        socket.TrySendMultipartMessage(new NetMQMessage(frames));
}
