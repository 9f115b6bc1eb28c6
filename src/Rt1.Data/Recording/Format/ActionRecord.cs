using System.Numerics;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>An action with RT-1's names and shapes; units as <see cref="RobotAction"/> gives them.</summary>
internal sealed record ActionRecord
{
    /// <summary>One-hot: terminate, arm, base; all zero when <see cref="Mode"/> is none of them.</summary>
    public required int[] TerminateEpisode { get; init; }

    /// <summary>The mode that a policy gave outside of the three; otherwise absent.</summary>
    public int? Mode { get; init; }

    public required float[] WorldVector { get; init; }

    public required float[] RotationDelta { get; init; }

    public required float[] GripperClosednessAction { get; init; }

    public required float[] BaseDisplacementVerticalRotation { get; init; }

    public required float[] BaseDisplacementVector { get; init; }

    public static ActionRecord From(RobotAction action)
    {
        var oneHot = new int[3];
        if (Enum.IsDefined(action.Mode))
            oneHot[(int)action.Mode] = 1;
        return new ActionRecord
        {
            TerminateEpisode = oneHot,
            Mode = Enum.IsDefined(action.Mode) ? null : (int)action.Mode,
            WorldVector = Vectors.ToArray(action.WorldVector),
            RotationDelta = Vectors.ToArray(action.RotationDelta),
            GripperClosednessAction = [action.GripperClosednessAction],
            BaseDisplacementVerticalRotation = [action.BaseDisplacementVerticalRotation],
            BaseDisplacementVector = [action.BaseDisplacementVector.X, action.BaseDisplacementVector.Y],
        };
    }

    /// <exception cref="FormatException">A field has the wrong number of values, or the mode is not one-hot.</exception>
    public RobotAction ToAction()
    {
        Vectors.Check(ActionFields.TerminateEpisode, TerminateEpisode.Length, 3);
        Vectors.Check(ActionFields.GripperClosednessAction, GripperClosednessAction.Length, 1);
        Vectors.Check(ActionFields.BaseDisplacementVerticalRotation, BaseDisplacementVerticalRotation.Length, 1);
        Vectors.Check(ActionFields.BaseDisplacementVector, BaseDisplacementVector.Length, 2);
        var mode = Mode ?? Array.IndexOf(TerminateEpisode, 1);
        if (mode < 0)
            throw new FormatException($"{ActionFields.TerminateEpisode} must be one-hot, got [{string.Join(", ", TerminateEpisode)}]");
        return new RobotAction
        {
            Mode = (ControlMode)mode,
            WorldVector = Vectors.ToVector3(ActionFields.WorldVector, WorldVector),
            RotationDelta = Vectors.ToVector3(ActionFields.RotationDelta, RotationDelta),
            GripperClosednessAction = GripperClosednessAction[0],
            BaseDisplacementVerticalRotation = BaseDisplacementVerticalRotation[0],
            BaseDisplacementVector = new Vector2(BaseDisplacementVector),
        };
    }
}
