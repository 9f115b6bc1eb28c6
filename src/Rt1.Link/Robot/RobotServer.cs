using NetMQ;
using NetMQ.Sockets;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>
/// The robot's end of the link: serves a driver to one runtime at a time, keeps it safe, and publishes its frames. One thread of its own
/// owns the sockets and makes every call to the driver. Dispose it before the driver.
/// </summary>
public sealed class RobotServer : IDisposable
{
    private readonly IRobotDriver _driver;
    private readonly RobotServerOptions _options;
    private readonly TimeProvider _time;
    private readonly RobotSupervisor _supervisor;
    private readonly MessageCodec _codec;
    private readonly FrameCodec _frameCodec;
    private readonly RouterSocket _control = new();
    private readonly PublisherSocket _frames = new();
    private readonly NetMQPoller _poller = [];
    private readonly IDisposable _guard;
    private readonly ITimer _watchdog;
    private byte[]? _pendingFrame;
    private volatile bool _disposed;

    /// <summary>Binds, and serves from now on.</summary>
    /// <exception cref="LinkException">A port is in use, a key is malformed, or the endpoint needs CURVE keys.</exception>
    public RobotServer(IRobotDriver driver, RobotServerOptions options, TimeProvider? time = null)
    {
        _driver = driver;
        _options = options;
        _time = time ?? TimeProvider.System;
        _supervisor = new RobotSupervisor(driver, options, _time);
        _watchdog = _time.CreateTimer(_ => OnPoller(Watch), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            var seal = options.Security.CreateSeal();
            _codec = new MessageCodec(seal);
            _frameCodec = new FrameCodec(seal);
            var endpoint = LinkEndpoint.Parse(options.Endpoint);
            Configure();
            _guard = SocketSecurity.ProtectServer(options.Security, endpoint, _control, _frames);
            Endpoint = Bind(_control, endpoint).ToString();
            var frames = Bind(_frames, endpoint with { Port = options.FramesPort });
            FramesEndpoint = frames.ToString();
            _supervisor.FramesPort = frames.Port;
        }
        catch
        {
            CloseSockets();
            throw;
        }
        _supervisor.Noticed += line => Noticed?.Invoke(line);
        _control.ReceiveReady += (_, _) => Serve();
        _poller.Add(_control);
        driver.FrameCaptured += Publish;
        _poller.RunAsync("rt1 robot link");
    }

    /// <summary>One line whenever something changed: a new owner, a stop and its reason. Raised on the server's thread.</summary>
    public event Action<string>? Noticed;

    /// <summary>Where runtimes connect, with the port that was taken.</summary>
    public string Endpoint { get; }

    /// <summary>Where frames are published.</summary>
    public string FramesEndpoint { get; }

    /// <summary>Stops the robot from its own side, e.g. by a button; latched until a runtime that owns it resets it.</summary>
    public void EmergencyStop(string reason) => OnPoller(() => _supervisor.EmergencyStop(reason));

    /// <summary>Stops the robot and ends its owner's session, e.g. because the robot starts anew: the runtime has to acquire it again.</summary>
    public void EndSession(string reason) => OnPoller(() => _supervisor.EndSession(reason));

    /// <summary>Stops the robot and closes the sockets.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _driver.FrameCaptured -= Publish;
        _watchdog.Dispose();
        _poller.Dispose();
        _supervisor.Stop("the robot's end of the link was closed");
        CloseSockets();
    }

    private void Configure()
    {
        _control.Options.MaxMsgSize = LinkProtocol.MaxMessageBytes;
        _control.Options.HeartbeatInterval = LinkProtocol.HeartbeatInterval;
        _control.Options.HeartbeatTimeout = LinkProtocol.HeartbeatTimeout;
        _control.Options.HeartbeatTtl = LinkProtocol.HeartbeatTimeout;
        _frames.Options.SendHighWatermark = LinkProtocol.FrameHighWatermark;
        _frames.Options.MaxMsgSize = LinkProtocol.MaxMessageBytes;
        _frames.Options.HeartbeatInterval = LinkProtocol.HeartbeatInterval;
        _frames.Options.HeartbeatTimeout = LinkProtocol.HeartbeatTimeout;
    }

    private static LinkEndpoint Bind(NetMQSocket socket, LinkEndpoint endpoint)
    {
        try
        {
            if (endpoint.Port == 0)
                return endpoint with { Port = socket.BindRandomPort($"tcp://{endpoint.Host}") };
            socket.Bind(endpoint.ToString());
            return endpoint;
        }
        catch (AddressAlreadyInUseException e)
        {
            throw new LinkException(LinkFault.PortInUse, $"{endpoint}: the port is in use; stop the other robot, or choose another port.", e);
        }
        catch (NetMQException e)
        {
            throw new LinkException(LinkFault.BadConfiguration, $"{endpoint}: the robot cannot listen there ({e.Message}).", e);
        }
    }

    /// <summary>Takes every waiting message; each gets its answer at once.</summary>
    private void Serve()
    {
        NetMQMessage? message = null;
        while (_control.TryReceiveMultipartMessage(ref message, 2))
        {
            var reply = _codec.Encode(Answer(message));
            _control.SendMoreFrame(message.First.Buffer).SendFrame(reply);
        }
        Arm();
    }

    private Reply Answer(NetMQMessage message)
    {
        try
        {
            return message.FrameCount == 2
                ? _supervisor.Handle(_codec.Decode<Request>(message.Last.Buffer))
                : throw new MalformedMessageException(RefusalCodes.Malformed, $"a message is one frame, got {message.FrameCount - 1}.");
        }
        catch (MalformedMessageException e)
        {
            return _supervisor.Handle(e);
        }
    }

    private void Watch()
    {
        _supervisor.Tick();
        Arm();
    }

    /// <summary>Sets the watchdog to the next deadline.</summary>
    private void Arm()
    {
        var wait = _supervisor.Deadline is { } deadline ? deadline - _time.GetElapsedTime(0) : Timeout.InfiniteTimeSpan;
        _watchdog.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>On the camera's thread: encodes there, and replaces a frame that was not sent yet.</summary>
    private void Publish(Frame frame)
    {
        var message = _frameCodec.Encode(frame, frame.State ?? _supervisor.State, _options.JpegQuality);
        if (Interlocked.Exchange(ref _pendingFrame, message) is null)
            OnPoller(() => _frames.TrySendFrame(Interlocked.Exchange(ref _pendingFrame, null)!));
    }

    private void OnPoller(Action action)
    {
        if (_disposed)
            return;
        try
        {
            _poller.Run(action);
        }
        catch (Exception e) when (e is ObjectDisposedException or TaskSchedulerException)
        {
            // Disposed a moment ago, which stopped the robot.
        }
    }

    private void CloseSockets()
    {
        _control.Dispose();
        _frames.Dispose();
        _poller.Dispose();
        _guard?.Dispose();
        _watchdog.Dispose();
    }
}
