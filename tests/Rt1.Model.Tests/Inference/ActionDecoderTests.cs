using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Inference;

namespace Rt1.Model.Tests.Inference;

public sealed class ActionDecoderTests
{
    private readonly float[] _logits = new float[11 * 256];

    [Fact]
    public void Tokens_Argmax_TakesTheLargestOfEachRow()
    {
        Set(0, 1, 5);
        Set(1, 200, 3);
        Set(10, 255, 9);

        var tokens = Decode(new DecodeConfig());

        Assert.Equal([1, 200, 0, 0, 0, 0, 0, 0, 0, 0, 255], tokens);
    }

    [Fact]
    public void Tokens_ModeOutOfRange_IsSurfaced()
    {
        Set(0, 77, 5);
        Set(0, 2, 1);

        Assert.Equal(77, Decode(new DecodeConfig())[0]);
        Assert.False(Enum.IsDefined(ActionSpace.Default.Detokenize(Decode(new DecodeConfig())).Mode));
    }

    [Fact]
    public void Tokens_ValidModes_TakesTheBestOfThree()
    {
        Set(0, 77, 5);
        Set(0, 2, 1);

        Assert.Equal(2, Decode(new DecodeConfig { ValidModes = true })[0]);
    }

    [Fact]
    public void Tokens_MeanMotion_TakesTheExpectedTokenButNotForModeAndGripper()
    {
        for (var row = 0; row < 11; row++)
        {
            for (var token = 0; token < 256; token++)
                Set(row, token, -100);
            Set(row, 100, 2);
            Set(row, 120, 2);
        }

        var tokens = Decode(new DecodeConfig { Motion = MotionDecoding.Mean });

        Assert.Equal([100, 110, 110, 110, 110, 110, 110, 100, 110, 110, 110], tokens);
    }

    private int[] Decode(DecodeConfig config) => new ActionDecoder(ActionSpace.Default, config).Tokens(_logits);

    private void Set(int row, int token, float value) => _logits[row * 256 + token] = value;
}
