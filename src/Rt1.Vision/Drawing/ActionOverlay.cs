using System.Numerics;
using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// A step as a picture: the camera image, and below it a panel with the instruction, the mode in its colour, the action in
/// numbers, the translation as an arrow seen from above, the height and the gripper as bars. The decided action is drawn in the
/// mode's colour; where the robot applied another one, that is drawn over it in white. A decision with attention maps has them at the bottom.
/// </summary>
public static class ActionOverlay
{
    private const int MinimumWidth = 640, PanelHeight = 152, StripHeight = 6, Margin = 10;
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    private static readonly Scalar Background = new(24, 24, 28);
    private static readonly Scalar Faint = new(150, 150, 158);
    private static readonly Scalar Text = new(235, 235, 235);
    private static readonly Scalar Warning = new(255, 190, 80);

    /// <summary>Draws a step.</summary>
    /// <param name="image">The camera image; its size times a whole number is the picture's width, at least 640 pixels.</param>
    public static Frame Draw(Frame image, EpisodeHeader header, EpisodeStep step)
    {
        var scale = (MinimumWidth + image.Width - 1) / image.Width;
        // Even sizes, which video codecs want.
        var (width, top) = ((image.Width * scale + 1) & ~1, image.Height * scale);
        var maps = step.Decision?.Attention;
        var bottom = top + StripHeight + PanelHeight;
        var height = (bottom + (maps is null ? 0 : AttentionStrip.HeightFor(image, maps, width)) + 1) & ~1;
        var pixels = new byte[height * width * 3];
        using var canvas = Mat.FromPixelData(height, width, MatType.CV_8UC3, pixels);
        canvas.SetTo(Background);

        using (var source = image.ToRgb())
        using (var target = new Mat(canvas, new Rect(0, 0, image.Width * scale, top)))
            Cv2.Resize(source, target, target.Size(), interpolation: InterpolationFlags.Linear);

        var colour = ColourOf(step);
        Cv2.Rectangle(canvas, new Rect(0, top, width, StripHeight), colour, -1);
        var gauges = new Point(width - Margin - ActionGauges.Width, top + StripHeight + 36);
        Write(canvas, header.Instruction, 0.6, Text, new Point(Margin, top + StripHeight + 24), width - 2 * Margin);
        WriteLines(canvas, step, colour, new Point(Margin, top + StripHeight), gauges.X - 2 * Margin);
        if (step.Decision is { } decision)
            new ActionGauges(canvas, gauges, header.Robot.Limits).Draw(decision.Action, step.Applied, colour);
        if (maps is not null)
            AttentionStrip.Draw(canvas, bottom, image, maps);
        return new Frame { Width = width, Height = height, Pixels = pixels, CapturedAt = image.CapturedAt, Sequence = image.Sequence };
    }

    private static void WriteLines(Mat canvas, EpisodeStep step, Scalar colour, Point corner, int width)
    {
        var heading = $"step {step.Index}   {ModeName(step.Decision?.Action.Mode)}   {step.Status}";
        if (step.Decision?.Action is { } action)
        {
            if (step.Timing.Latency > TimeSpan.Zero)
                heading += $"   decide {step.Timing.Decide.TotalMilliseconds:0} ms   latency {step.Timing.Latency.TotalMilliseconds:0} ms";
            var (first, second) = Describe(action);
            Line(1, first, Text);
            Line(2, second, Text);
        }
        Line(0, heading, colour);
        if (step.Reason is not null)
            Line(3, step.Reason, Warning);

        void Line(int row, string text, Scalar ink) =>
            Write(canvas, text, 0.45, ink, corner + new Point(0, 56 + 24 * row), width);
    }

    private static (string First, string Second) Describe(RobotAction action) => action.Mode switch
    {
        ControlMode.Arm => (
            $"move {Numbers(action.WorldVector)} m   gripper {Rounded(action.GripperClosednessAction, 2):+0.00;-0.00}",
            $"turn {Numbers(action.RotationDelta)} rad"),
        ControlMode.Base => (
            $"drive {Number(action.BaseDisplacementVector.X)} {Number(action.BaseDisplacementVector.Y)} m",
            $"turn {Number(action.BaseDisplacementVerticalRotation)} rad"),
        _ => ("", ""),
    };

    private static string Numbers(Vector3 v) => $"{Number(v.X)} {Number(v.Y)} {Number(v.Z)}";

    private static string Number(float value) => $"{Rounded(value, 3):+0.000;-0.000}";

    /// <summary>What rounds to zero from below would be written with both signs.</summary>
    private static float Rounded(float value, int digits) => MathF.Round(value, digits) + 0f;

    /// <summary>Writes one line, shortened where it is wider than <paramref name="width"/>.</summary>
    private static void Write(Mat canvas, string text, double size, Scalar colour, Point at, int width)
    {
        if (text.Length == 0)
            return;
        bool Fits(string line) => Cv2.GetTextSize(line, Font, size, 1, out _).Width <= width;
        var shown = text;
        for (var length = text.Length; length > 0 && !Fits(shown); length--)
            shown = text[..(length - 1)] + "...";
        Cv2.PutText(canvas, shown, at, Font, size, colour, 1, LineTypes.AntiAlias);
    }

    private static string ModeName(ControlMode? mode) => mode switch
    {
        ControlMode.Arm => "ARM",
        ControlMode.Base => "BASE",
        ControlMode.Terminate => "TERMINATE",
        null => "NO DECISION",
        _ => $"MODE {(int)mode}",
    };

    private static Scalar ColourOf(EpisodeStep step) => step.Decision?.Action.Mode switch
    {
        ControlMode.Arm => new(90, 200, 120),
        ControlMode.Base => new(95, 160, 255),
        ControlMode.Terminate => new(240, 95, 95),
        null => Faint,
        _ => Warning,
    };
}
