using System.Text;
using NetMQ;
using NetMQ.Sockets;

namespace Rt1.Bindings.Zmq;

/// <summary>
/// Answers libzmq's authentication requests on a thread of its own, until the context ends. Request frames: version, request id, domain,
/// address, identity, mechanism, credentials (CURVE: the client's 32-byte public key). Reply: version, request id, status code,
/// status text, user id, metadata.
/// </summary>
internal sealed class ZapHandler
{
    private const string Endpoint = "inproc://zeromq.zap.01";

    private readonly Func<string, byte[], bool> _isAllowed;
    private readonly ResponseSocket _socket;
    private readonly int _generation = ZmqContext.Generation;

    public ZapHandler(Func<string, byte[], bool> isAllowed)
    {
        _isAllowed = isAllowed;
        _socket = new ResponseSocket($"@{Endpoint}");
        new Thread(Answer) { IsBackground = true, Name = "ZeroMQ authentication" }.Start();
    }

    /// <summary>False once the context has ended.</summary>
    public bool IsAlive => _generation == ZmqContext.Generation;

    private void Answer()
    {
        using var socket = _socket;
        try
        {
            while (true)
                socket.SendMultipartMessage(Reply(socket.ReceiveMultipartMessage(7)));
        }
        catch (Exception e) when (e is TerminatingException or ObjectDisposedException)
        {
        }
    }

    private NetMQMessage Reply(NetMQMessage request)
    {
        var allowed = request.FrameCount == 7
            && request[5].ConvertToString() == "CURVE"
            && _isAllowed(request[2].ConvertToString(), request[6].ToByteArray());
        var reply = new NetMQMessage(6);
        reply.Append("1.0");
        reply.Append(request.FrameCount > 1 ? request[1] : NetMQFrame.Empty);
        reply.Append(allowed ? "200" : "400");
        reply.Append(allowed ? "OK" : "key not allowed", Encoding.ASCII);
        reply.AppendEmptyFrame();
        reply.AppendEmptyFrame();
        return reply;
    }
}
