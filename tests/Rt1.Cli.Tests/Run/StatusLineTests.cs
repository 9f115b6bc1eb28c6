using System.Numerics;
using Rt1.Cli.Run;
using Rt1.Core;

namespace Rt1.Cli.Tests.Run;

public sealed class StatusLineTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void Show_NoTerminal_OneLineForEachStep()
    {
        var status = new StatusLine(_output, terminalWidth: null);

        status.Show(Step(0));
        status.Show(Step(1, "the decision came too late."));
        status.Finish();

        var lines = _output.ToString().Split('\n');
        Assert.Equal("step    0  arm   xyz +0.100 -0.200 +0.000 m  gripper +1.00            latency  120 ms  frame age  15 ms", lines[0]);
        Assert.EndsWith("Overrun: the decision came too late.", lines[1]);
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void Show_Terminal_RewritesOneLineThatFits()
    {
        const int Width = 60;
        var status = new StatusLine(_output, () => Width);

        status.Show(Step(0, "a reason that does not fit into the terminal."));
        status.Show(Step(1));
        status.Finish();

        Assert.EndsWith("\n", _output.ToString());
        var shown = _output.ToString().TrimEnd('\n').Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, shown.Length);
        Assert.All(shown, line => Assert.InRange(line.Length, 1, Width - 1));
        Assert.StartsWith("step    1", shown[1]);
    }

    private static EpisodeStep Step(int index, string? reason = null) => new()
    {
        Index = index,
        Status = reason is null ? StepStatus.Ok : StepStatus.Overrun,
        Reason = reason,
        Decision = new PolicyDecision
        {
            Tokens = [],
            Action = new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0.1f, -0.2f, 0), GripperClosednessAction = 1 },
        },
        Timing = new(TimeSpan.Zero, FrameAge: Ms(15), Decide: Ms(105), Latency: Ms(120), RoundTrip: Ms(2)),
    };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
