using System.Numerics;
using CsCheck;

namespace Rt1.Core.Tests;

public sealed class ActionLimitsTests
{
    private static readonly ActionLimits Limits = new()
    {
        MaxTranslation = 0.1f,
        MaxRotation = 0.5f,
        MaxBaseTranslation = 0.25f,
        MaxBaseRotation = 0.4f,
    };

    private static readonly Gen<RobotAction> AnyAction = Gen.OneOf(Actions.Any(0.2f), Actions.Any(3), Actions.Any(float.MaxValue));

    [Fact]
    public void Clamp_LongTranslation_IsShortenedAlongItsDirection()
    {
        var clamped = Limits.Clamp(Actions.Arm with { WorldVector = new(0.3f, 0, -0.4f) });

        Assert.Equal(0.06f, clamped.WorldVector.X, 1e-6f);
        Assert.Equal(0, clamped.WorldVector.Y);
        Assert.Equal(-0.08f, clamped.WorldVector.Z, 1e-6f);
    }

    [Fact]
    public void Clamp_AnyAction_IsWithinTheLimits() => AnyAction.Sample(action =>
    {
        var clamped = Limits.Clamp(action);

        Assert.Equal(action.Mode, clamped.Mode);
        Assert.True(Length(clamped.WorldVector) <= Limits.MaxTranslation);
        Assert.True(Length(clamped.RotationDelta) <= Limits.MaxRotation);
        Assert.True(Length(new(clamped.BaseDisplacementVector, 0)) <= Limits.MaxBaseTranslation);
        Assert.InRange(clamped.BaseDisplacementVerticalRotation, -Limits.MaxBaseRotation, Limits.MaxBaseRotation);
        Assert.InRange(clamped.GripperClosednessAction, -1, 1);
    });

    [Fact]
    public void Clamp_AnyAction_KeepsDirectionsAndWhatIsWithin() => AnyAction.Sample(action =>
    {
        var clamped = Limits.Clamp(action);

        AssertShortened(action.WorldVector, clamped.WorldVector, Limits.MaxTranslation);
        AssertShortened(action.RotationDelta, clamped.RotationDelta, Limits.MaxRotation);
        AssertShortened(new(action.BaseDisplacementVector, 0), new(clamped.BaseDisplacementVector, 0), Limits.MaxBaseTranslation);
    });

    [Fact]
    public void Clamp_Twice_ChangesNothingMore() => AnyAction.Sample(action =>
    {
        var once = Limits.Clamp(action);
        Assert.Same(once, Limits.Clamp(once));
    });

    [Fact]
    public void Clamp_ActionWithinTheLimits_IsTheSameObject()
    {
        var action = Actions.Arm with { WorldVector = new(0.1f, 0, 0), RotationDelta = new(0, -0.5f, 0), GripperClosednessAction = 1 };
        Assert.Same(action, Limits.Clamp(action));
    }

    [Fact]
    public void Clamp_LimitOfZero_HoldsStill() =>
        Assert.Equal(Vector3.Zero, (Limits with { MaxTranslation = 0 }).Clamp(Actions.Arm with { WorldVector = new(1, -1, 1) }).WorldVector);

    [Theory]
    [MemberData(nameof(Actions.Names), MemberType = typeof(Actions))]
    public void Clamp_NonFiniteValue_IsRefusedByName(string name) =>
        Assert.Equal(name, Assert.Throws<NonFiniteActionException>(() => Limits.Clamp(Actions.With(name, float.NaN))).Dimension);

    private static void AssertShortened(Vector3 before, Vector3 after, float limit)
    {
        var length = Length(before);
        if (length <= limit)
        {
            Assert.Equal(before, after);
            return;
        }
        Assert.Equal(limit, Length(after), limit * 1e-6);
        Assert.Equal(before.X / length, after.X / Length(after), 1e-6);
        Assert.Equal(before.Y / length, after.Y / Length(after), 1e-6);
        Assert.Equal(before.Z / length, after.Z / Length(after), 1e-6);
    }

    private static double Length(Vector3 v) => Math.Sqrt((double)v.X * v.X + (double)v.Y * v.Y + (double)v.Z * v.Z);
}
