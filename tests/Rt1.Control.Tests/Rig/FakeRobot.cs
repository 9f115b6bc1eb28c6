using Rt1.Core;

namespace Rt1.Control.Tests;

/// <summary>Accepts every command at once, unless a test says otherwise.</summary>
internal sealed class FakeRobot(Rig rig) : IRobot
{
    public List<RobotCommand> Commands { get; } = [];

    /// <summary>When each command came.</summary>
    public List<TimeSpan> ReceivedAt { get; } = [];

    public List<string> Stops { get; } = [];

    /// <summary>Told the number of the command.</summary>
    public Func<int, CommandReply?> Reply { get; set; } = _ => null;

    public Action<int> OnSend { get; set; } = _ => { };

    public Action OnReadState { get; set; } = () => { };

    public RobotDescription Description { get; set; } = new()
    {
        Name = "fake",
        Embodiment = "edr",
        ImageHeight = 1,
        ImageWidth = 1,
        FrameRateHz = 30,
        Limits = new() { MaxTranslation = 0.1f },
    };

    public CommandReply Send(RobotCommand command)
    {
        rig.Log.Add("send");
        OnSend(Commands.Count);
        var reply = Reply(Commands.Count);
        Commands.Add(command);
        ReceivedAt.Add(rig.Now);
        return reply ?? new()
        {
            Status = ReplyStatus.Accepted,
            Applied = command.Action,
            State = StateAt(Commands.Count),
            RoundTrip = Rig.Ms(1),
        };
    }

    public RobotState ReadState()
    {
        OnReadState();
        return StateAt(0);
    }

    public void Stop(string reason)
    {
        rig.Log.Add("stop");
        Stops.Add(reason);
    }

    public void Dispose() { }

    private static RobotState StateAt(int commands) => new() { EndEffectorPosition = new(commands, 0, 0) };
}
