using CsCheck;

namespace Rt1.Core.Tests;

public sealed class ActionSpaceTests
{
    /// <summary>Four last places of a float32 between 8 and 16, where the largest bounds are.</summary>
    private const float Rounding = 4e-6f;

    private static readonly ActionSpace Space = ActionSpace.Default;

    [Fact]
    public void Default_IsRt1sElevenTokensInItsOrder()
    {
        Assert.Equal(
            ["terminate_episode", "world_vector.x", "world_vector.y", "world_vector.z",
                "rotation_delta.roll", "rotation_delta.pitch", "rotation_delta.yaw", "gripper_closedness_action",
                "base_displacement_vertical_rotation", "base_displacement_vector.x", "base_displacement_vector.y"],
            Space.TokenNames);
        Assert.Equal((11, 0, 256), (Space.TokenCount, Space.ModeToken, Space.VocabularySize));
    }

    [Theory]
    [InlineData(-1f, 0)]
    [InlineData(1f, 255)]
    [InlineData(0f, 127)]
    [InlineData(0.00391f, 127)]
    [InlineData(0.00393f, 128)]
    [InlineData(0.999f, 254)]
    [InlineData(-22f, 0)]
    [InlineData(22f, 255)]
    public void Tokenize_WorldVector_TruncatesToTheBinBelowAndClips(float x, int token) =>
        Assert.Equal(token, Space.Tokenize(Actions.With("world_vector.x", x))[1]);

    [Theory]
    [InlineData(0, -1f)]
    [InlineData(127, -0.0039215684f)]
    [InlineData(128, 0.003921628f)]
    [InlineData(255, 1f)]
    public void Detokenize_WorldVector_IsTheBinsLowerEdge(int token, float x) =>
        Assert.Equal(x, Space.Detokenize([1, token, 0, 0, 0, 0, 0, 0, 0, 0, 0]).WorldVector.X);

    [Fact]
    public void RoundTrip_AnySpaceAndAction_ErrsDownwardsByLessThanOneBin() =>
        Gen.Select(Actions.AnySpace, Actions.Any(reach: 10)).Sample((space, action) =>
        {
            var tokens = space.Tokenize(action);
            Assert.All(tokens, token => Assert.InRange(token, 0, space.VocabularySize - 1));
            var back = space.Detokenize(tokens);
            Assert.Equal(action.Mode, back.Mode);
            foreach (var field in space.Fields.Where(f => f.Kind == ActionFieldKind.Continuous))
            {
                foreach (var name in space.TokenNames.Where(n => n.Split('.')[0] == field.Name))
                {
                    var error = Math.Clamp(action.Value(name), field.Low, field.High) - back.Value(name);
                    Assert.InRange(error, -Rounding, space.BinWidth(field) + Rounding);
                }
            }
        });

    [Fact]
    public void Tokenize_TheBounds_AreTheFirstAndTheLastToken() =>
        Actions.AnySpace.Sample(space =>
        {
            foreach (var field in space.Fields.Where(f => f.Kind == ActionFieldKind.Continuous))
            {
                foreach (var name in space.TokenNames.Where(n => n.Split('.')[0] == field.Name))
                {
                    var index = space.TokenNames.ToList().IndexOf(name);
                    Assert.Equal(0, space.Tokenize(Actions.With(name, field.Low))[index]);
                    Assert.Equal(space.VocabularySize - 1, space.Tokenize(Actions.With(name, field.High))[index]);
                    Assert.Equal(0, space.Tokenize(Actions.With(name, float.MinValue))[index]);
                    Assert.Equal(space.VocabularySize - 1, space.Tokenize(Actions.With(name, float.MaxValue))[index]);
                }
            }
        });

    [Theory]
    [MemberData(nameof(Actions.Names), MemberType = typeof(Actions))]
    public void Tokenize_NonFiniteValue_IsRefusedByName(string name)
    {
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var refusal = Assert.Throws<NonFiniteActionException>(() => Space.Tokenize(Actions.With(name, value)));
            Assert.Equal((name, value), (refusal.Dimension, refusal.Value));
            Assert.Equal($"action: {name} must be finite, got {value}.", refusal.Message);
        }
    }

    [Fact]
    public void Tokenize_UnknownMode_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.Tokenize(Actions.Arm with { Mode = (ControlMode)3 }));

    [Fact]
    public void Tokens_AnotherOrder_FollowIt()
    {
        var space = new ActionSpace([.. Space.Fields.Reverse()]);

        var tokens = space.Tokenize(new() { Mode = ControlMode.Base, BaseDisplacementVector = new(1, -1), WorldVector = new(-1, 0, 1) });

        Assert.Equal([255, 0, 127, 127, 127, 127, 127, 0, 127, 255, 2], tokens);
        Assert.Equal(10, space.ModeToken);
        Assert.Equal(ControlMode.Base, space.Detokenize(tokens).Mode);
        Assert.Equal(1, space.Detokenize(tokens).BaseDisplacementVector.X);
        Assert.Equal(1, space.Detokenize(tokens).WorldVector.Z);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    public void Detokenize_ModeBeyondTheThree_StaysAsItIs(int mode) =>
        Assert.Equal((ControlMode)mode, Space.Detokenize([mode, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).Mode);

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(int.MaxValue)]
    public void Detokenize_TokenOutsideTheVocabulary_IsRefusedByName(int token)
    {
        for (var i = 0; i < Space.TokenCount; i++)
        {
            var tokens = new int[Space.TokenCount];
            tokens[i] = token;
            var refusal = Assert.Throws<ArgumentException>(() => Space.Detokenize(tokens));
            Assert.StartsWith($"{Space.TokenNames[i]}: token {token} is not in [0, 256).", refusal.Message);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void Detokenize_WrongCount_IsRefused(int count) =>
        Assert.StartsWith($"expected 11 action tokens, got {count}.", Assert.Throws<ArgumentException>(() => Space.Detokenize(new int[count])).Message);

    [Fact]
    public void Constructor_ManyFaults_ReportsThemAll()
    {
        var fields = Space.Fields.ToArray();
        fields[0] = fields[0] with { Kind = ActionFieldKind.Continuous, Low = 0, High = 1 };
        fields[1] = fields[1] with { Name = "world_vectr" };
        fields[2] = fields[2] with { Low = 1, High = 1 };
        fields[3] = fields[3] with { Size = 2 };
        fields[4] = fields[4] with { High = float.NaN };

        var fault = Assert.Throws<Rt1Exception>(() => new ActionSpace([.. fields, fields[5]], vocabularySize: 2));

        Assert.Equal(
            ["action_space: the vocabulary must have at least 3 tokens, got 2.",
                "action_space: field 'world_vector' must appear once, appears 0 times.",
                "action_space: field 'base_displacement_vector' must appear once, appears 2 times.",
                "action_space.terminate_episode: must be discrete.",
                $"action_space: unknown field 'world_vectr'; known are {string.Join(", ", ActionFields.Sizes.Keys)}.",
                "action_space.rotation_delta: needs finite bounds with low < high, got [1, 1].",
                "action_space.gripper_closedness_action: size must be 1, got 2.",
                $"action_space.base_displacement_vertical_rotation: needs finite bounds with low < high, got [{-MathF.PI}, NaN]."],
            fault.Message.Split('\n'));
    }
}
