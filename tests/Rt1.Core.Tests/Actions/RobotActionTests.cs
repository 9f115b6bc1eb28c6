using CsCheck;

namespace Rt1.Core.Tests;

public sealed class RobotActionTests
{
    [Fact]
    public void Effective_AnyAction_KeepsOnlyWhatItsModeMoves() => Actions.Any(reach: 1).Sample(action =>
    {
        var effective = action.Effective();

        Assert.Equal(action.Mode, effective.Mode);
        foreach (var ((name, before), (_, after)) in action.Values().Zip(effective.Values()))
        {
            var moves = action.Mode == (name.StartsWith("base_", StringComparison.Ordinal) ? ControlMode.Base : ControlMode.Arm);
            Assert.Equal(moves ? before : 0, after);
        }
    });

    [Fact]
    public void Effective_UnknownMode_MovesNothing() =>
        Assert.Equal(new() { Mode = (ControlMode)7 }, (Actions.With("world_vector.x", 1) with { Mode = (ControlMode)7 }).Effective());

    [Fact]
    public void Values_AreNamedLikeTheTokens() =>
        Assert.Equal(ActionSpace.Default.TokenNames.Skip(1), RobotAction.Terminate.Values().Select(v => v.Name));
}
