using System.Text;
using Rt1.Bindings.Zmq;

namespace NetMQ.Sockets;

/// <summary>Sends to its peers in turn, receives from all fairly.</summary>
public class DealerSocket(string? connectionString = null) : NetMQSocket(SocketType.Dealer, connectionString, binds: false);

/// <summary>Receives from many peers, each message led by a frame that names its peer; sends to the peer that the first frame names.</summary>
public class RouterSocket(string? connectionString = null) : NetMQSocket(SocketType.Router, connectionString, binds: true);

/// <summary>Answers requests, one at a time.</summary>
public class ResponseSocket(string? connectionString = null) : NetMQSocket(SocketType.Response, connectionString, binds: true);

/// <summary>Sends to every subscriber; drops for one that is too slow. Receiving throws <see cref="NotSupportedException"/>.</summary>
public class PublisherSocket(string? connectionString = null) : NetMQSocket(SocketType.Publisher, connectionString, binds: true);

/// <summary>Receives what it subscribed to. Sending throws <see cref="NotSupportedException"/>.</summary>
public class SubscriberSocket(string? connectionString = null) : NetMQSocket(SocketType.Subscriber, connectionString, binds: false)
{
    /// <summary>Messages whose first frame starts with <paramref name="topic"/>.</summary>
    public virtual void Subscribe(string topic) => Subscribe(topic, Encoding.ASCII);

    public virtual void Subscribe(string topic, Encoding encoding) => Subscribe(encoding.GetBytes(topic));

    public virtual void Subscribe(byte[] topic) => Options.Set(SocketOption.Subscribe, topic);

    public void SubscribeToAnyTopic() => Subscribe([]);

    public virtual void Unsubscribe(string topic) => Unsubscribe(topic, Encoding.ASCII);

    public virtual void Unsubscribe(string topic, Encoding encoding) => Unsubscribe(encoding.GetBytes(topic));

    public virtual void Unsubscribe(byte[] topic) => Options.Set(SocketOption.Unsubscribe, topic);
}

/// <summary>Sends to its peers in turn.</summary>
public class PushSocket(string? connectionString = null) : NetMQSocket(SocketType.Push, connectionString, binds: false);

/// <summary>Receives from all its peers fairly.</summary>
public class PullSocket(string? connectionString = null) : NetMQSocket(SocketType.Pull, connectionString, binds: true);

/// <summary>One end of an exclusive pair, usually between two threads.</summary>
public class PairSocket(string? connectionString = null) : NetMQSocket(SocketType.Pair, connectionString, binds: false)
{
    /// <summary>Two connected sockets of this process.</summary>
    public static void CreateSocketPair(out PairSocket socket1, out PairSocket socket2)
    {
        var endpoint = $"inproc://pair-{Guid.NewGuid():N}";
        socket1 = new PairSocket($"@{endpoint}");
        socket2 = new PairSocket($">{endpoint}");
    }
}
