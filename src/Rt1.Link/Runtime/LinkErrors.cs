namespace Rt1.Link;

/// <summary>What can go wrong between a runtime and its robot, each in one line.</summary>
internal sealed class LinkErrors(LinkEndpoint endpoint, RequestChannel channel, RobotClientOptions options)
{
    /// <summary>Why a request got no reply.</summary>
    public string NoReply => $"the robot did not answer within {options.ReplyTimeout.TotalMilliseconds:0} ms" +
        (channel.Problem is { } problem ? $": {problem.Text}." : ".");

    public LinkException NoAnswer() => new(LinkFault.NoAnswer, $"{endpoint}: {NoReply}");

    /// <summary>Nobody answered from the start.</summary>
    public LinkException Unreached() => channel.Problem is { } problem
        ? new LinkException(problem.Fault, $"{endpoint}: no connection to the robot: {problem.Text}.")
        : new LinkException(LinkFault.NoAnswer,
            $"{endpoint}: no robot answered within {options.ConnectTimeout.TotalSeconds:0.#} s; start the robot, or correct the endpoint.");

    public LinkException OtherVersion(int? theirs) => new(LinkFault.ProtocolMismatch,
        $"{endpoint}: the robot speaks protocol {theirs?.ToString() ?? "of another version"}, this runtime {LinkProtocol.Version}; update the older one.");

    public LinkException NoFrames() => new(LinkFault.Refused, $"{endpoint}: the robot publishes no frames; use another camera.");

    public LinkException LeaseLost(string reason) => new(LinkFault.LeaseLost, $"{endpoint}: the lease is lost: {reason}");

    public LinkException Malformed(string problem) => new(LinkFault.Malformed, $"{endpoint}: {problem}");

    public LinkException Unexpected(Reply reply) =>
        Malformed($"the robot answered with something else than was asked for ({reply.GetType().Name}).");

    public LinkException Refused(RefusedReply refused) => new(
        refused.Code switch
        {
            RefusalCodes.LeaseHeld => LinkFault.LeaseHeld,
            RefusalCodes.NotOwner => LinkFault.LeaseLost,
            RefusalCodes.BadMac => LinkFault.KeyMismatch,
            _ => LinkFault.Refused,
        },
        $"{endpoint}: the robot refused ({refused.Code}): {refused.Reason}");
}
