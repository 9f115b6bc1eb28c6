using System.Numerics;
using Rt1.Core;

namespace Rt1.Model.Tests.Golden;

/// <summary>The demonstrated actions of the golden training step, which follow from the formula too.</summary>
internal static class FormulaActions
{
    /// <summary>The actions of the six steps.</summary>
    public static IEnumerable<RobotAction> Of(FormulaWeights formula)
    {
        var world = Values(ActionFields.WorldVector, 1);
        var rotation = Values(ActionFields.RotationDelta, Math.PI / 2);
        var gripper = Values(ActionFields.GripperClosednessAction, 1);
        var turn = Values(ActionFields.BaseDisplacementVerticalRotation, Math.PI);
        var displacement = Values(ActionFields.BaseDisplacementVector, 1);
        return Enumerable.Range(0, 6).Select(t => new RobotAction
        {
            Mode = (ControlMode)(t % 3),
            WorldVector = new Vector3(world.AsSpan(3 * t, 3)),
            RotationDelta = new Vector3(rotation.AsSpan(3 * t, 3)),
            GripperClosednessAction = gripper[t],
            BaseDisplacementVerticalRotation = turn[t],
            BaseDisplacementVector = new Vector2(displacement.AsSpan(2 * t, 2)),
        });

        float[] Values(string field, double halfRange) =>
            [.. formula.Noise($"action/{field}", 6 * ActionFields.Sizes[field]).Select(n => (float)(n * 1.1 * halfRange))];
    }
}
