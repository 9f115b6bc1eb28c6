using System.Numerics;
using OpenCvSharp;
using Rt1.Core;

namespace Rt1.Vision;

/// <summary>
/// An action's motion as gauges: a dial seen from above (forward is up, left is left) with the translation as an arrow, a bar
/// for height (or for the base's turn), a bar for the gripper. Full scale is the robot's limit for one step.
/// </summary>
internal sealed class ActionGauges(Mat canvas, Point corner, ActionLimits limits)
{
    /// <summary>Pixels that the gauges take.</summary>
    public const int Width = 2 * Radius + 2 * (Gap + BarWidth), Height = 2 * Radius;

    private const int Radius = 48, Gap = 18, BarWidth = 14;

    private static readonly Scalar Frame = new(90, 90, 98);
    private static readonly Scalar White = new(255, 255, 255);

    /// <summary>Draws the decided action in its colour, and over it the applied one where that is another.</summary>
    public void Draw(RobotAction decided, RobotAction? applied, Scalar colour)
    {
        var centre = corner + new Point(Radius, Radius);
        Cv2.Circle(canvas, centre, Radius, Frame, 1, LineTypes.AntiAlias);
        Cv2.Line(canvas, centre - new Point(Radius, 0), centre + new Point(Radius, 0), Frame);
        Cv2.Line(canvas, centre - new Point(0, Radius), centre + new Point(0, Radius), Frame);
        DrawAction(decided, colour, thickness: 3, inset: 0);
        if (applied is not null && applied != decided)
            DrawAction(applied, White, thickness: 1, inset: BarWidth / 3);
        Outline(0, decided.Mode == ControlMode.Base ? "yaw" : "z");
        Outline(1, "grip");
    }

    private void DrawAction(RobotAction action, Scalar colour, int thickness, int inset)
    {
        if (action.Mode == ControlMode.Base)
        {
            Arrow(action.BaseDisplacementVector / limits.MaxBaseTranslation, colour, thickness);
            Bar(0, action.BaseDisplacementVerticalRotation / limits.MaxBaseRotation, colour, inset);
        }
        else if (action.Mode == ControlMode.Arm)
        {
            Arrow(new Vector2(action.WorldVector.X, action.WorldVector.Y) / limits.MaxTranslation, colour, thickness);
            Bar(0, action.WorldVector.Z / limits.MaxTranslation, colour, inset);
            Bar(1, action.GripperClosednessAction, colour, inset);
        }
    }

    /// <param name="motion">Forward and left, 1 at the limit; what lies beyond ends at the dial's rim.</param>
    private void Arrow(Vector2 motion, Scalar colour, int thickness)
    {
        if (!float.IsFinite(motion.X + motion.Y))
            return;
        var shown = motion.Length() > 1 ? Vector2.Normalize(motion) : motion;
        var centre = corner + new Point(Radius, Radius);
        var tip = centre - new Point((int)MathF.Round(shown.Y * Radius), (int)MathF.Round(shown.X * Radius));
        Cv2.ArrowedLine(canvas, centre, tip, colour, thickness, LineTypes.AntiAlias, tipLength: 0.25);
    }

    /// <param name="value">−1 to 1, filled from the middle upwards or downwards.</param>
    private void Bar(int index, float value, Scalar colour, int inset)
    {
        if (!float.IsFinite(value))
            return;
        var (left, middle) = (Left(index), corner.Y + Radius);
        var length = (int)MathF.Round(Math.Clamp(value, -1, 1) * Radius);
        Cv2.Rectangle(canvas, new Point(left + inset, middle), new Point(left + BarWidth - 1 - inset, middle - length), colour, -1);
    }

    private void Outline(int index, string label)
    {
        var (left, middle) = (Left(index), corner.Y + Radius);
        Cv2.Rectangle(canvas, new Rect(left, corner.Y, BarWidth, Height), Frame);
        Cv2.Line(canvas, new Point(left - 3, middle), new Point(left + BarWidth + 2, middle), Frame);
        Cv2.PutText(canvas, label, new Point(left - 4, corner.Y + Height + 12), HersheyFonts.HersheySimplex, 0.35, White, 1, LineTypes.AntiAlias);
    }

    private int Left(int index) => corner.X + 2 * Radius + Gap + index * (Gap + BarWidth);
}
