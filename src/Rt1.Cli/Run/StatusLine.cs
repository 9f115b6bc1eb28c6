using System.Globalization;
using Rt1.Core;

namespace Rt1.Cli.Run;

/// <summary>One line that follows the steps of a run: in a terminal it is rewritten, elsewhere each step has its own.</summary>
/// <param name="output">Where it stands.</param>
/// <param name="terminalWidth">The terminal's width, which cuts the line off: a wrapped one could not be rewritten. 0: unknown. Null: no terminal.</param>
/// <param name="describe">What the line says of a step; its action and timing where null.</param>
internal sealed class StatusLine(TextWriter output, Func<int>? terminalWidth, Func<EpisodeStep, string>? describe = null)
{
    private int _length;

    public void Show(EpisodeStep step)
    {
        var line = (describe ?? Describe)(step);
        if (terminalWidth is null)
        {
            output.WriteLine(line);
            return;
        }
        if (terminalWidth() is > 1 and var width)
            line = line[..Math.Min(width - 1, line.Length)];
        output.Write($"\r{line}{new string(' ', Math.Max(0, _length - line.Length))}");
        _length = line.Length;
    }

    /// <summary>Ends the line, so that what follows starts on the next.</summary>
    public void Finish()
    {
        if (_length > 0)
            output.WriteLine();
        _length = 0;
    }

    public static string Describe(EpisodeStep step)
    {
        var timing = step.Timing;
        var what = step.Decision is { } decision ? Describe(step.Applied ?? decision.Action) : "";
        var status = step.Reason is null ? "" : $"  {step.Status}: {step.Reason}";
        return string.Create(CultureInfo.InvariantCulture,
            $"step {step.Index,4}  {what,-58} latency {timing.Latency.TotalMilliseconds,4:0} ms  frame age {timing.FrameAge.TotalMilliseconds,3:0} ms{status}");
    }

    private static string Describe(RobotAction action) => action.Mode switch
    {
        ControlMode.Arm => string.Create(CultureInfo.InvariantCulture,
            $"arm   xyz {action.WorldVector.X:+0.000;-0.000} {action.WorldVector.Y:+0.000;-0.000} {action.WorldVector.Z:+0.000;-0.000} m  gripper {action.GripperClosednessAction:+0.00;-0.00}"),
        ControlMode.Base => string.Create(CultureInfo.InvariantCulture,
            $"base  xy {action.BaseDisplacementVector.X:+0.000;-0.000} {action.BaseDisplacementVector.Y:+0.000;-0.000} m  turn {action.BaseDisplacementVerticalRotation:+0.00;-0.00} rad"),
        ControlMode.Terminate => "terminate",
        _ => $"mode {(int)action.Mode}",
    };
}
