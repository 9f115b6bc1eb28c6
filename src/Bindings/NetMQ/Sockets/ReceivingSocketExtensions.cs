using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NetMQ;

/// <summary>Ways to receive. Without a timeout, Receive waits until a message comes and TryReceive does not wait.</summary>
public static class ReceivingSocketExtensions
{
    public static void Receive(this IReceivingSocket socket, ref Msg msg)
    {
        while (!socket.TryReceive(ref msg, Timeout.InfiniteTimeSpan)) { }
    }

    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket) => socket.ReceiveFrameBytes(out _);

    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket, out bool more)
    {
        socket.TryReceiveFrameBytes(Timeout.InfiniteTimeSpan, out var bytes, out more);
        return bytes!;
    }

    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, [NotNullWhen(true)] out byte[]? bytes) =>
        socket.TryReceiveFrameBytes(TimeSpan.Zero, out bytes);

    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes) =>
        socket.TryReceiveFrameBytes(timeout, out bytes, out _);

    public static bool TryReceiveFrameBytes(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes, out bool more)
    {
        var msg = new Msg();
        msg.InitEmpty();
        var received = socket.TryReceive(ref msg, timeout);
        bytes = received ? msg.ToArray() : null;
        more = msg.HasMore;
        msg.Close();
        return received;
    }

    /// <summary>Receives UTF-8 text.</summary>
    public static string ReceiveFrameString(this IReceivingSocket socket) => socket.ReceiveFrameString(out _);

    public static string ReceiveFrameString(this IReceivingSocket socket, out bool more) =>
        Encoding.UTF8.GetString(socket.ReceiveFrameBytes(out more));

    public static bool TryReceiveFrameString(this IReceivingSocket socket, [NotNullWhen(true)] out string? frameString) =>
        socket.TryReceiveFrameString(TimeSpan.Zero, out frameString);

    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? frameString)
    {
        frameString = socket.TryReceiveFrameBytes(timeout, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
        return frameString is not null;
    }

    public static NetMQMessage ReceiveMultipartMessage(this IReceivingSocket socket, int expectedFrameCount = 4)
    {
        NetMQMessage? message = null;
        socket.TryReceiveMultipartMessage(Timeout.InfiniteTimeSpan, ref message, expectedFrameCount);
        return message!;
    }

    public static bool TryReceiveMultipartMessage(
        this IReceivingSocket socket, [NotNullWhen(true)] ref NetMQMessage? message, int expectedFrameCount = 4) =>
        socket.TryReceiveMultipartMessage(TimeSpan.Zero, ref message, expectedFrameCount);

    /// <summary>Fills <paramref name="message"/>, made anew when it is null; the frames of a message always arrive together.</summary>
    public static bool TryReceiveMultipartMessage(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref NetMQMessage? message, int expectedFrameCount = 4)
    {
        if (!socket.TryReceiveFrameBytes(timeout, out var bytes, out var more))
            return false;
        if (message is null)
            message = new NetMQMessage(expectedFrameCount);
        else
            message.Clear();
        message.Append(bytes);
        while (more)
            message.Append(socket.ReceiveFrameBytes(out more));
        return true;
    }

    public static List<byte[]> ReceiveMultipartBytes(this IReceivingSocket socket, int expectedFrameCount = 4) =>
        [.. socket.ReceiveMultipartMessage(expectedFrameCount).Select(frame => frame.Buffer)];

    public static void SkipFrame(this IReceivingSocket socket) => socket.ReceiveFrameBytes();

    public static bool TrySkipFrame(this IReceivingSocket socket) => socket.TryReceiveFrameBytes(out _);
}
