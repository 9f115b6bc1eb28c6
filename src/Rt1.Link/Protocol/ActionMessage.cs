using System.Numerics;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>An action as it stands in messages, with RT-1's names and shapes; units as <see cref="RobotAction"/> gives them.</summary>
internal sealed record ActionMessage
{
    /// <summary>One-hot: terminate, arm, base.</summary>
    public required int[] TerminateEpisode { get; init; }

    public float[] WorldVector { get; init; } = [0, 0, 0];

    public float[] RotationDelta { get; init; } = [0, 0, 0];

    public float[] GripperClosednessAction { get; init; } = [0];

    public float[] BaseDisplacementVerticalRotation { get; init; } = [0];

    public float[] BaseDisplacementVector { get; init; } = [0, 0];

    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public static ActionMessage From(RobotAction action)
    {
        if (!Enum.IsDefined(action.Mode))
            throw new ArgumentOutOfRangeException(nameof(action), action.Mode, $"{ActionFields.TerminateEpisode} must be 0, 1 or 2.");
        var mode = new int[3];
        mode[(int)action.Mode] = 1;
        return new ActionMessage
        {
            TerminateEpisode = mode,
            WorldVector = [action.WorldVector.X, action.WorldVector.Y, action.WorldVector.Z],
            RotationDelta = [action.RotationDelta.X, action.RotationDelta.Y, action.RotationDelta.Z],
            GripperClosednessAction = [action.GripperClosednessAction],
            BaseDisplacementVerticalRotation = [action.BaseDisplacementVerticalRotation],
            BaseDisplacementVector = [action.BaseDisplacementVector.X, action.BaseDisplacementVector.Y],
        };
    }

    /// <exception cref="FormatException">A field has the wrong number of values, the mode is not one-hot, a value is not finite.</exception>
    public RobotAction ToAction()
    {
        Check(ActionFields.TerminateEpisode, TerminateEpisode?.Length);
        Check(ActionFields.WorldVector, WorldVector?.Length);
        Check(ActionFields.RotationDelta, RotationDelta?.Length);
        Check(ActionFields.GripperClosednessAction, GripperClosednessAction?.Length);
        Check(ActionFields.BaseDisplacementVerticalRotation, BaseDisplacementVerticalRotation?.Length);
        Check(ActionFields.BaseDisplacementVector, BaseDisplacementVector?.Length);
        var mode = Array.IndexOf(TerminateEpisode!, 1);
        if (mode < 0 || TerminateEpisode!.Count(value => value != 0) != 1)
            throw new FormatException($"{ActionFields.TerminateEpisode} must hold one 1 and two 0, got [{string.Join(", ", TerminateEpisode!)}].");
        var action = new RobotAction
        {
            Mode = (ControlMode)mode,
            WorldVector = new Vector3(WorldVector),
            RotationDelta = new Vector3(RotationDelta),
            GripperClosednessAction = GripperClosednessAction![0],
            BaseDisplacementVerticalRotation = BaseDisplacementVerticalRotation![0],
            BaseDisplacementVector = new Vector2(BaseDisplacementVector),
        };
        foreach (var (name, value) in action.Values())
        {
            if (!float.IsFinite(value))
                throw new FormatException($"{name} must be finite.");
        }
        return action;
    }

    private static void Check(string field, int? length)
    {
        if (length != ActionFields.Sizes[field])
            throw new FormatException($"{field} must hold {ActionFields.Sizes[field]} values, got {length ?? 0}.");
    }
}
