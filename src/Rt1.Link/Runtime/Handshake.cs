namespace Rt1.Link;

/// <summary>What happens between finding a robot and owning it: greet, set the clock, take the lease.</summary>
internal sealed class Handshake(RequestChannel channel, LinkErrors errors, RobotClientOptions options, TimeProvider time)
{
    /// <summary>Exchanges that set the clock offset.</summary>
    private const int ClockExchanges = 8;

    /// <summary>A shorter lease could not be renewed in time.</summary>
    private const long MinLeaseUs = 10_000;

    /// <summary>Waits for a robot that speaks this version.</summary>
    /// <exception cref="LinkException">Nobody answers, another version, wrong keys.</exception>
    public WelcomeReply Greet(CancellationToken cancellation)
    {
        var hello = new HelloRequest { Protocol = LinkProtocol.Version, Client = options.ClientName, Lockstep = true };
        var welcome = AskUntilAnswered(hello, cancellation) switch
        {
            WelcomeReply { Protocol: LinkProtocol.Version } reply => reply,
            WelcomeReply reply => throw errors.OtherVersion(reply.Protocol),
            RefusedReply { Code: RefusalCodes.UnsupportedProtocol } refused => throw errors.OtherVersion(refused.Protocol),
            RefusedReply refused => throw errors.Refused(refused),
            null => throw errors.Unreached(),
            var reply => throw errors.Unexpected(reply),
        };
        if (welcome.FramesPort is < 0 or > ushort.MaxValue || welcome.LeaseUs < MinLeaseUs)
            throw errors.Malformed($"the robot's welcome makes no sense: frames_port {welcome.FramesPort}, lease_us {welcome.LeaseUs}.");
        return welcome;
    }

    public void SetClock(CancellationToken cancellation)
    {
        for (var i = 0; i < ClockExchanges; i++)
            _ = channel.Ask(new StateRequest(), options.ReplyTimeout, cancellation);
    }

    /// <summary>The session. A runtime that was killed a moment ago leaves its lease behind: it is waited for once.</summary>
    /// <exception cref="LinkException">Another runtime owns the robot.</exception>
    public string TakeLease(TimeSpan lease, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var reply = channel.Ask(new AcquireRequest { Client = options.ClientName }, options.ReplyTimeout, cancellation)?.Reply;
            switch (reply)
            {
                case LeaseReply granted:
                    return granted.Session;
                case RefusedReply { Code: RefusalCodes.LeaseHeld } when time.GetElapsedTime(start) < lease * 1.1:
                    Pause(cancellation);
                    break;
                case RefusedReply refused:
                    throw errors.Refused(refused);
                case null:
                    throw errors.NoAnswer();
                default:
                    throw errors.Unexpected(reply);
            }
        }
    }

    private Reply? AskUntilAnswered(Request request, CancellationToken cancellation)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < options.ConnectTimeout && channel.Problem is not { IsFinal: true };)
        {
            if (channel.Ask(request, options.ReplyTimeout, cancellation) is { } answer)
                return answer.Reply;
            Pause(cancellation);
        }
        return null;
    }

    private static void Pause(CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
        cancellation.ThrowIfCancellationRequested();
    }
}
