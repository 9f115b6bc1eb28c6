namespace Rt1.Core;

/// <summary>A robot as the runtime sees it, usually at the other end of a link.</summary>
public interface IRobot : IDisposable
{
    RobotDescription Description { get; }

    /// <summary>Sends one command and waits for its answer, which comes at once; the motion itself starts at <see cref="RobotCommand.StartAt"/>.</summary>
    /// <exception cref="Rt1Exception">The link is broken for good: the lease is lost, the robot speaks another protocol.</exception>
    CommandReply Send(RobotCommand command);

    /// <summary>Asks for the measured state.</summary>
    RobotState ReadState();

    /// <summary>Ends all motion; the robot holds still. Safe at any time, from any thread, and more than once; never throws.</summary>
    void Stop(string reason);
}
