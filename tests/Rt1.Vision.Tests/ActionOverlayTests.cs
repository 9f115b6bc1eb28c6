using System.Numerics;
using Rt1.Core;

namespace Rt1.Vision.Tests;

public class ActionOverlayTests
{
    private static readonly EpisodeHeader Header = new()
    {
        Instruction = "pick up the red can and place it into the middle drawer, please, without touching anything else at all on the way there",
        Policy = "rt1, random weights, seed 1",
        Robot = new RobotDescription { Name = "sim", Embodiment = "edr", ImageHeight = 256, ImageWidth = 320, FrameRateHz = 3, Limits = new ActionLimits() },
        RateHz = 3,
        Latency = TimeSpan.FromMilliseconds(100),
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    private static EpisodeStep Step(RobotAction? action, RobotAction? applied = null, string? reason = null) => new()
    {
        Index = 12,
        Status = reason is null ? StepStatus.Ok : StepStatus.Clamped,
        Reason = reason,
        Decision = action is null ? null : new PolicyDecision { Tokens = [], Action = action },
        Applied = applied,
        Timing = new StepTiming(default, default, TimeSpan.FromMilliseconds(74), TimeSpan.FromMilliseconds(102), default),
    };

    private static readonly RobotAction Arm = new()
    {
        Mode = ControlMode.Arm,
        WorldVector = new Vector3(0.06f, 0.04f, -0.05f),
        RotationDelta = new Vector3(0.1f, 0, -0.2f),
        GripperClosednessAction = 1,
    };

    private static (byte R, byte G, byte B) Pixel(Frame frame, int y, int x) =>
        (frame.Pixels[3 * (y * frame.Width + x)], frame.Pixels[3 * (y * frame.Width + x) + 1], frame.Pixels[3 * (y * frame.Width + x) + 2]);

    [Fact]
    public void Draw_ArmStep_ShowsTheImageUntouchedAboveAPanel()
    {
        var picture = ActionOverlay.Draw(TestImages.Plain(10, 120, 230, 256, 320), Header, Step(Arm));
        Assert.Equal(640, picture.Width);
        Assert.True(picture.Height > 512 + 100 && picture.Height % 2 == 0);
        for (var y = 0; y < 512; y++)
            Assert.Equal((10, 120, 230), Pixel(picture, y, 37));
    }

    [Theory]
    [InlineData(ControlMode.Arm)]
    [InlineData(ControlMode.Base)]
    [InlineData(ControlMode.Terminate)]
    [InlineData((ControlMode)7)]
    public void Draw_EveryMode_HasAColourOfItsOwn(ControlMode mode)
    {
        var colours = new[] { ControlMode.Arm, ControlMode.Base, ControlMode.Terminate, (ControlMode)7 }
            .Select(m => Pixel(ActionOverlay.Draw(TestImages.Plain(0, 0, 0), Header, Step(Arm with { Mode = m })), 480 + 3, 5)).ToList();
        var own = Pixel(ActionOverlay.Draw(TestImages.Plain(0, 0, 0), Header, Step(Arm with { Mode = mode })), 480 + 3, 5);
        Assert.Equal(1, colours.Count(c => c == own));
    }

    [Fact]
    public void Draw_ArrowAndBars_FollowTheAction()
    {
        static int Changed(RobotAction a, RobotAction b)
        {
            var (x, y) = (ActionOverlay.Draw(TestImages.Plain(0, 0, 0), Header, Step(a)), ActionOverlay.Draw(TestImages.Plain(0, 0, 0), Header, Step(b)));
            return x.Pixels.Zip(y.Pixels).Count(p => p.First != p.Second);
        }
        Assert.Equal(0, Changed(Arm, Arm));
        Assert.True(Changed(Arm, Arm with { WorldVector = new Vector3(-0.06f, 0.04f, -0.05f) }) > 200);
        Assert.True(Changed(Arm, Arm with { GripperClosednessAction = -1 }) > 200);
    }

    [Fact]
    public void Draw_NumberThatRoundsToZeroFromBelow_IsWrittenAsZero()
    {
        byte[] Draw(float x) => ActionOverlay.Draw(TestImages.Plain(0, 0, 0), Header, Step(Arm with { WorldVector = new Vector3(x, 0, 0) })).Pixels;

        Assert.Equal(Draw(0), Draw(-0.0002f));
    }

    [Fact]
    public void Draw_AttentionMaps_AreBrightWhereTheTokenLooked()
    {
        var step = Step(Arm);
        var plain = ActionOverlay.Draw(TestImages.Plain(200, 200, 200, 256, 320), Header, step);
        step = step with { Decision = step.Decision! with { Attention = new AttentionMaps(2, 2, 2, new[] { 1f, 0, 0, 0, 0, 0, 0, 1f }) } };

        var picture = ActionOverlay.Draw(TestImages.Plain(200, 200, 200, 256, 320), Header, step);

        Assert.True(picture.Height > plain.Height + 200 && picture.Height % 2 == 0);
        var (first, second) = (plain.Height + 20, picture.Height - 20);
        Assert.Equal(200, Pixel(picture, first, 20).R);
        Assert.Equal(60, Pixel(picture, second, 20).R);
        Assert.Equal(60, Pixel(picture, first, 360).R);
        Assert.Equal(200, Pixel(picture, second, 620).R);
    }

    [Fact]
    public void Draw_StepsWithoutDecisionOrWithStrangeNumbers_DoesNotThrow()
    {
        foreach (var step in new[]
        {
            Step(null, reason: "no fresh frame within 200 ms"),
            Step(Arm with { WorldVector = new Vector3(float.NaN, float.PositiveInfinity, 1e30f) }),
            Step(Arm, Arm with { WorldVector = Arm.WorldVector / 2 }, "translation shortened to 0.05 m"),
            Step(RobotAction.Terminate),
        })
        {
            Assert.Equal(660, ActionOverlay.Draw(TestImages.Gradient(256, 330), Header, step).Width);
        }
    }
}
